import { ConfigurationError } from '@cnop/exceptions';
import { z } from 'zod';
import type { LoadSheddingOptions } from '../limits/load-shedding.ts';
import type { RateLimitsOptions } from '../limits/rate-limits.ts';
import type { SecurityHeadersOptions } from '../limits/security-headers.ts';
import { listenOptionsFromEnv, type ListenOptions } from './listen-options.ts';
import type { ServerOptions } from './server-options.ts';

/** What every service is told by its environment. */
export interface ServiceSettings {
  readonly listen: ListenOptions;
  /** The `iss` and `aud` of access tokens. */
  readonly tokens: { readonly issuer: string; readonly audience: string };
  readonly server: ServerOptions;
  readonly rateLimits: RateLimitsOptions;
  readonly loadShedding: LoadSheddingOptions;
  readonly securityHeaders: SecurityHeadersOptions;
}

const listOf = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine((parts) => parts.every((part) => part !== ''), { error: 'must be a list with commas' });
const positive = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, 'must be a positive whole number')
  .transform(Number);
const perMinute = positive.transform((max) => ({ max, windowMs: 60_000 }));

const rateLimitsSchema = z
  .object({
    CNOP_REQUESTS_PER_MINUTE_ADDRESS: perMinute.optional(),
    CNOP_REQUESTS_PER_MINUTE_USER: perMinute.optional(),
  })
  .transform(({ CNOP_REQUESTS_PER_MINUTE_ADDRESS: address, CNOP_REQUESTS_PER_MINUTE_USER: user }) => ({
    ...(address && { address }),
    ...(user && { user }),
  }));

const loadSheddingSchema = z
  .object({ CNOP_MAX_EVENT_LOOP_DELAY_MS: positive.optional() })
  .transform(({ CNOP_MAX_EVENT_LOOP_DELAY_MS: maxEventLoopDelayMs }) => ({
    ...(maxEventLoopDelayMs !== undefined && { maxEventLoopDelayMs }),
  }));

const environmentSchema = z.object({
  CNOP_TOKEN_ISSUER: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }),
  CNOP_TOKEN_AUDIENCE: z.string().default('cnop'),
  CNOP_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], { error: 'must be a level of pino' })
    .default('info'),
  CNOP_TRUST_PROXY: listOf.optional(),
  CNOP_CORS_ORIGINS: listOf.optional(),
});

/**
 * What every service takes from its environment: `CNOP_TOKEN_ISSUER`, and optionally `PORT`, `HOST`, `CNOP_TOKEN_AUDIENCE` (`cnop`),
 * `CNOP_LOG_LEVEL` (`info`), `CNOP_TRUST_PROXY` (addresses of proxies, with commas), `CNOP_CORS_ORIGINS`,
 * `CNOP_REQUESTS_PER_MINUTE_ADDRESS` (600) and `CNOP_REQUESTS_PER_MINUTE_USER` (300), and `CNOP_MAX_EVENT_LOOP_DELAY_MS` (1000), beyond
 * which requests are refused. An empty variable counts as missing.
 *
 * @param name - of the service, for its log.
 * @throws {@link ConfigurationError} naming the first variable that is missing or wrong; never its value.
 */
export function serviceSettingsFromEnv(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): ServiceSettings {
  const settings = readEnvironment(environmentSchema, env);

  return {
    listen: listenOptionsFromEnv(env),
    tokens: { issuer: settings.CNOP_TOKEN_ISSUER, audience: settings.CNOP_TOKEN_AUDIENCE },
    server: {
      logging: { name, level: settings.CNOP_LOG_LEVEL },
      ...(settings.CNOP_TRUST_PROXY && { trustProxy: settings.CNOP_TRUST_PROXY }),
    },
    rateLimits: rateLimitsFromEnv(env),
    loadShedding: loadSheddingFromEnv(env),
    securityHeaders: { ...(settings.CNOP_CORS_ORIGINS && { corsOrigins: settings.CNOP_CORS_ORIGINS }) },
  };
}

/**
 * The limits of a service from `CNOP_REQUESTS_PER_MINUTE_ADDRESS` and `CNOP_REQUESTS_PER_MINUTE_USER`.
 *
 * @throws {@link ConfigurationError} naming the variable that is wrong.
 */
export const rateLimitsFromEnv = (env: Readonly<Record<string, string | undefined>>): RateLimitsOptions =>
  readEnvironment(rateLimitsSchema, env);

/**
 * When a service sheds load, from `CNOP_MAX_EVENT_LOOP_DELAY_MS`.
 *
 * @throws {@link ConfigurationError} naming the variable when it is wrong.
 */
export const loadSheddingFromEnv = (env: Readonly<Record<string, string | undefined>>): LoadSheddingOptions =>
  readEnvironment(loadSheddingSchema, env);

/**
 * Reads settings of a service from its environment by a schema. An empty variable counts as missing.
 *
 * @throws {@link ConfigurationError} naming the first variable that is missing or wrong; never its value.
 */
export function readEnvironment<TSettings>(
  schema: z.ZodType<TSettings>,
  env: Readonly<Record<string, string | undefined>>,
): TSettings {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '' && value !== undefined));
  const { success, data, error } = schema.safeParse(present);
  if (success) return data;

  const [issue] = error.issues;
  const setting = String(issue?.path[0]);
  const rule = setting in present ? (issue?.message ?? 'is not valid') : 'is required';
  throw new ConfigurationError({ settings: [{ setting, rule }] });
}
