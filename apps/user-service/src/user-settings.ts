import { ConfigurationError } from '@cnop/exceptions';
import { readEnvironment } from '@cnop/middleware';
import { emailSchema, isCurrencyCode, passwordSchema, usernameSchema } from '@cnop/validation';
import { z } from 'zod';
import type { FirstUser } from './first-users.ts';
import type { UserRoutesOptions } from './user-routes.ts';

/** What the user service is told besides what every service is. */
export interface UserSettings extends Pick<UserRoutesOptions, 'settlement' | 'currencies'> {
  /** Private keys, the first of which signs. */
  readonly keys: { readonly keys: Record<string, unknown>[] };
  readonly firstUsers: readonly FirstUser[];
}

const keysSchema = z.object({ keys: z.array(z.record(z.string(), z.unknown())).min(1) });
const environmentSchema = z.object({
  CNOP_SIGNING_KEYS: z
    .string()
    .transform((text) => keysSchema.safeParse(jsonOf(text)).data)
    .refine((keys) => keys !== undefined, { error: 'must be a JSON Web Key Set of private keys' }),
  CNOP_SETTLEMENT: z.enum(['immediate', 'deferred'], { error: 'must be immediate or deferred' }).default('immediate'),
  CNOP_CURRENCIES: z
    .string()
    .transform((text) => text.split(',').map((code) => code.trim()))
    .refine((codes) => codes.every(isCurrencyCode), { error: 'must be ISO 4217 codes with commas' })
    .optional(),
  CNOP_ADMIN_USERNAME: usernameSchema.optional(),
  CNOP_ADMIN_PASSWORD: passwordSchema.optional(),
  CNOP_ADMIN_EMAIL: emailSchema.optional(),
  CNOP_PRICE_FEED_USERNAME: usernameSchema.optional(),
  CNOP_PRICE_FEED_PASSWORD: passwordSchema.optional(),
  CNOP_PRICE_FEED_EMAIL: emailSchema.optional(),
});

/**
 * What the user service takes from its environment: `CNOP_SIGNING_KEYS`, and optionally `CNOP_SETTLEMENT` (`immediate`), `CNOP_CURRENCIES`
 * (all), and the first administrator and the price feed, each by `…_USERNAME`, `…_PASSWORD` and `…_EMAIL` of `CNOP_ADMIN` and
 * `CNOP_PRICE_FEED`.
 *
 * @throws ConfigurationError naming the variable that is missing or wrong; never its value.
 */
export function userSettingsFromEnv(env: Readonly<Record<string, string | undefined>>): UserSettings {
  const settings = readEnvironment(environmentSchema, env);

  return {
    keys: settings.CNOP_SIGNING_KEYS,
    settlement: settings.CNOP_SETTLEMENT,
    ...(settings.CNOP_CURRENCIES && { currencies: settings.CNOP_CURRENCIES }),
    firstUsers: [
      ...firstUserOf('CNOP_ADMIN', {
        username: settings.CNOP_ADMIN_USERNAME,
        password: settings.CNOP_ADMIN_PASSWORD,
        email: settings.CNOP_ADMIN_EMAIL,
        role: 'admin',
      }),
      ...firstUserOf('CNOP_PRICE_FEED', {
        username: settings.CNOP_PRICE_FEED_USERNAME,
        password: settings.CNOP_PRICE_FEED_PASSWORD,
        email: settings.CNOP_PRICE_FEED_EMAIL,
        role: 'price-feed',
      }),
    ],
  };
}

type Named = { readonly [TField in Exclude<keyof FirstUser, 'role'>]: string | undefined } & Pick<FirstUser, 'role'>;

/** All three are given, or none. */
function firstUserOf(prefix: string, { username, password, email, role }: Named): FirstUser[] {
  if (username === undefined && password === undefined && email === undefined) return [];
  if (username !== undefined && password !== undefined && email !== undefined) {
    return [{ username, password, email, role }];
  }

  const [missing] = Object.entries({ USERNAME: username, PASSWORD: password, EMAIL: email })
    .filter(([, value]) => value === undefined)
    .map(([name]) => name);
  throw new ConfigurationError({ settings: [{ setting: `${prefix}_${String(missing)}`, rule: 'is required' }] });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
