import type { Role } from '@cnop/entities-user';
import { emailSchema, isCurrencyCode, listSetting, passwordSchema, usernameSchema } from '@cnop/validation';
import * as z from 'zod';
import type { FirstUser } from './first-users.ts';
import type { UserRoutesOptions } from './user-routes.ts';

/** What the user service is told besides what every service is. */
export interface UserSettings extends Pick<UserRoutesOptions, 'settlement' | 'currencies'> {
  /** Private keys, the first of which signs. */
  readonly keys: { readonly keys: Record<string, unknown>[] };
  readonly firstUsers: readonly FirstUser[];
}

const keysSchema = z.object({ keys: z.array(z.record(z.string(), z.unknown())).min(1) });
const keysSetting = z
  .string()
  .transform((text) => keysSchema.safeParse(jsonOf(text)).data)
  .refine((keys) => keys !== undefined, { error: 'must be a JSON Web Key Set of private keys' });

/**
 * The settings of the user service, for `readEnvironment`: `CNOP_SIGNING_KEYS`, and optionally `CNOP_SETTLEMENT` (`immediate`),
 * `CNOP_CURRENCIES` (all), and the first administrator, the price feed and the venue, each by `…_USERNAME`, `…_PASSWORD` and
 * `…_EMAIL` of `CNOP_ADMIN`, `CNOP_PRICE_FEED` and `CNOP_VENUE`.
 */
export const userSettings: z.ZodType<UserSettings> = z
  .object({
    CNOP_SIGNING_KEYS: keysSetting,
    CNOP_SETTLEMENT: z.enum(['immediate', 'deferred'], { error: 'must be immediate or deferred' }).default('immediate'),
    CNOP_CURRENCIES: listSetting()
      .refine((codes) => codes.every(isCurrencyCode), {
        error: ({ input }) => `must be ISO 4217 codes with commas, which these are not: ${wrongCodesOf(input)}`,
      })
      .optional(),
  })
  .and(firstUserSettings('CNOP_ADMIN', 'admin').transform((admin) => ({ admin })))
  .and(firstUserSettings('CNOP_PRICE_FEED', 'price-feed').transform((priceFeed) => ({ priceFeed })))
  .and(firstUserSettings('CNOP_VENUE', 'venue').transform((venue) => ({ venue })))
  .transform(({ CNOP_SIGNING_KEYS: keys, CNOP_SETTLEMENT: settlement, CNOP_CURRENCIES: currencies, ...users }) => ({
    keys,
    settlement,
    ...(currencies && { currencies }),
    firstUsers: [users.admin, users.priceFeed, users.venue].filter((user) => user !== undefined),
  }));

/** All three variables are given, or none. */
function firstUserSettings(prefix: string, role: Role): z.ZodType<FirstUser | undefined> {
  const fields = {
    username: ruled(
      usernameSchema,
      'must be 3 to 30 letters, digits, dots, hyphens and underscores, the first a letter or digit',
    ),
    password: ruled(passwordSchema, 'must have 12 to 128 characters'),
    email: ruled(emailSchema, 'must be an email address of at most 254 characters'),
  };
  const names = Object.keys(fields) as (keyof typeof fields)[];
  const variableOf = (name: string) => `${prefix}_${name.toUpperCase()}`;
  const optional = Object.fromEntries(names.map((name) => [variableOf(name), fields[name].optional()]));
  const isGiven = (settings: Readonly<Record<string, unknown>>) => (name: string) => variableOf(name) in settings;

  return names
    .reduce(
      (schema, name) =>
        schema.refine((settings) => isGiven(settings)(name) || !names.some(isGiven(settings)), {
          path: [variableOf(name)],
          error: 'is required',
          when: () => true,
        }),
      z.object(optional),
    )
    .transform((settings) => {
      const [username, password, email] = names.map((name) => settings[variableOf(name)]);

      return username !== undefined && password !== undefined && email !== undefined
        ? { username, password, email, role, variables: prefix }
        : undefined;
    });
}

/** What a schema takes, with a rule that reads on from the name of a variable. */
function ruled(schema: z.ZodType<string>, rule: string) {
  return z
    .string()
    .transform((text) => schema.safeParse(text).data)
    .refine((value) => value !== undefined, { error: rule });
}

/** A variable that was mixed up with another may hold anything, so little of it is shown. */
const wrongCodesOf = (codes: unknown): string =>
  (codes as string[])
    .filter((code) => !isCurrencyCode(code))
    .map((code) => code.slice(0, 3))
    .slice(0, 5)
    .join(', ');

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
