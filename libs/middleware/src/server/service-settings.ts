import { isIP, isIPv4, isIPv6 } from 'node:net';
import { httpUrlSetting, listSetting, wholeNumberSetting } from '@cnop/validation';
import * as z from 'zod';
import type { LoadSheddingOptions } from '../limits/load-shedding.ts';
import type { RateLimitsOptions } from '../limits/rate-limits.ts';
import type { SecurityHeadersOptions } from '../limits/security-headers.ts';
import type { ServerOptions, ListenOptions } from './serve.ts';

/** Where a server listens, and how much it takes. */
export interface ServerSettings {
  readonly listen: ListenOptions;
  readonly rateLimits: RateLimitsOptions;
  readonly loadShedding: LoadSheddingOptions;
}

/** What every service is told by its environment. */
export interface ServiceSettings extends ServerSettings {
  /** The `iss` and `aud` of access tokens, and how far the issuer's clock may be off. */
  readonly tokens: { readonly issuer: string; readonly audience: string; readonly clockToleranceSeconds?: number };
  readonly logLevel: string;
  readonly trustProxy?: ServerOptions['trustProxy'];
  readonly securityHeaders: SecurityHeadersOptions;
  /** Where spans are sent, if anywhere, and under which name if not the service's own. */
  readonly tracing?: { readonly url: string; readonly serviceName?: string };
}

const portSetting = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number')
  .transform(Number)
  .pipe(z.int().max(65_535, 'must be a port number'));
const hostName = /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/;
const isHost = (host: string): boolean => isIP(host) !== 0 || hostName.test(host);

/** Names that Fastify knows for the addresses of a network of one's own. */
const networkNames = new Set(['loopback', 'linklocal', 'uniquelocal']);

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...others] = text.split('/');
  const bits = isIPv4(address) ? 32 : isIPv6(address) ? 128 : 0;
  if (bits === 0 || others.length > 0) return networkNames.has(text);

  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
}

const trustProxySetting = z.union([
  z
    .string()
    .regex(/^[1-9]\d?$/)
    .transform(Number),
  listSetting().refine((networks) => networks.every(isNetwork), {
    error: 'must be how many proxies there are, 1 to 99, or a list with commas of their addresses and networks',
  }),
]);
/** Origins as browsers send them: scheme, host and port alone. */
const originsSetting = listSetting().refine(
  (origins) => origins.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin),
  { error: 'must be origins with commas, each such as https://app.example.com' },
);
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
type LogLevel = (typeof logLevels)[number];
const perMinuteSetting = wholeNumberSetting().transform((max) => ({ max, windowMs: 60_000 }));

/**
 * For `readEnvironment` of `@cnop/validation`: `PORT` (3000), `HOST` (127.0.0.1), `CNOP_REQUESTS_PER_MINUTE_ADDRESS` (600) and
 * `CNOP_REQUESTS_PER_MINUTE_USER` (300), and `CNOP_MAX_EVENT_LOOP_DELAY_MS` (1000), beyond which requests are refused. All optional.
 */
export const serverSettings: z.ZodType<ServerSettings> = z
  .object({
    PORT: portSetting.default(3_000),
    HOST: z.string().refine(isHost, 'must be an IP address or the name of a host').default('127.0.0.1'),
    CNOP_REQUESTS_PER_MINUTE_ADDRESS: perMinuteSetting.optional(),
    CNOP_REQUESTS_PER_MINUTE_USER: perMinuteSetting.optional(),
    CNOP_MAX_EVENT_LOOP_DELAY_MS: wholeNumberSetting().optional(),
  })
  .transform((settings) => ({
    listen: { port: settings.PORT, host: settings.HOST },
    rateLimits: given({
      address: settings.CNOP_REQUESTS_PER_MINUTE_ADDRESS,
      user: settings.CNOP_REQUESTS_PER_MINUTE_USER,
    }),
    loadShedding: given({ maxEventLoopDelayMs: settings.CNOP_MAX_EVENT_LOOP_DELAY_MS }),
  }));

/** The level from which on lines are logged, for `readEnvironment`; at `info` there is a line for each request. */
export const logLevelSetting: z.ZodEnum<Record<LogLevel, LogLevel>> = z.enum(logLevels, {
  error: `must be one of ${logLevels.join(', ')}`,
});

const otherSettings = z
  .object({
    CNOP_TOKEN_ISSUER: httpUrlSetting(),
    CNOP_TOKEN_AUDIENCE: z.string().regex(/^\S+$/, 'must be a text without spaces').default('cnop'),
    CNOP_TOKEN_CLOCK_TOLERANCE_SECONDS: wholeNumberSetting(300).optional(),
    CNOP_LOG_LEVEL: logLevelSetting.default('info'),
    CNOP_TRUST_PROXY: trustProxySetting.optional(),
    CNOP_CORS_ORIGINS: originsSetting.optional(),
    OTEL_EXPORTER_OTLP_ENDPOINT: httpUrlSetting().optional(),
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: httpUrlSetting().optional(),
    OTEL_SERVICE_NAME: z.string().optional(),
  })
  .transform((settings) => {
    const { OTEL_EXPORTER_OTLP_ENDPOINT: base, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces } = settings;
    const url = traces ?? (base && `${base.replace(/\/+$/, '')}/v1/traces`);

    return {
      tokens: {
        issuer: settings.CNOP_TOKEN_ISSUER,
        audience: settings.CNOP_TOKEN_AUDIENCE,
        ...given({ clockToleranceSeconds: settings.CNOP_TOKEN_CLOCK_TOLERANCE_SECONDS }),
      },
      logLevel: settings.CNOP_LOG_LEVEL,
      securityHeaders: given({ corsOrigins: settings.CNOP_CORS_ORIGINS }),
      ...given({ trustProxy: settings.CNOP_TRUST_PROXY }),
      ...(url !== undefined && { tracing: { url, ...given({ serviceName: settings.OTEL_SERVICE_NAME }) } }),
    };
  });

/**
 * The settings of every service, for `readEnvironment` of `@cnop/validation`: `CNOP_TOKEN_ISSUER`, and optionally `CNOP_TOKEN_AUDIENCE`
 * (`cnop`), `CNOP_LOG_LEVEL` (`info`), `CNOP_TOKEN_CLOCK_TOLERANCE_SECONDS` (10), `CNOP_TRUST_PROXY` (how many proxies there are, or their
 * addresses and networks with commas), `CNOP_CORS_ORIGINS`, those of
 * {@link serverSettings}, and `OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` and `OTEL_SERVICE_NAME`.
 *
 * @see {@link https://opentelemetry.io/docs/specs/otel/protocol/exporter/#endpoint-urls-for-otlphttp}
 */
export const serviceSettings: z.ZodType<ServiceSettings> = otherSettings.and(serverSettings);

/** Without what is undefined: that would hide a default. */
const given = <TSettings extends object>(settings: TSettings) =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Partial<TSettings>;
