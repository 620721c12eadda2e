import { sharedErrors } from '@cnop/exceptions';
import * as z from 'zod';

/** The variables of a process: `process.env`, or a part of it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable that holds the address of a server. Name and password have no place in it: addresses are logged. */
export const httpUrlSetting = () =>
  z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .refine((url) => !/^https?:\/\/[^/?#]*@/i.test(url), { error: 'must be a URL without a name or password' });

/** A variable that holds several texts with commas between them: `a, b`. */
export const listSetting = () =>
  z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine((parts) => parts.every((part) => part !== ''), { error: 'must be a list with commas' });

/** A variable that holds a whole number, from 1 on unless `min` is another, in at most nine decimal digits. */
export function wholeNumberSetting(max = 999_999_999, min = 1) {
  const rule = max < 999_999_999 ? `must be a whole number from ${min} to ${max}` : 'must be a positive whole number';

  return z
    .string()
    .regex(/^\d{1,9}$/, rule)
    .transform(Number)
    .pipe(z.int().min(min, rule).max(max, rule));
}

/**
 * Reads the settings of a process from its environment, by a schema whose keys are names of variables. An empty variable counts as
 * missing; a variable that the schema does not name is ignored.
 *
 * Join the schemas of several libraries by `and`: what is wrong in any of them is reported at once.
 *
 * @throws ConfigurationError naming every variable that is missing or wrong, each with its rule; never a value.
 * @example
 * const schema = databaseSettings([usersTableShape]).and(z.object({ CNOP_JWKS_URL: httpUrlSetting() }));
 * const { CNOP_JWKS_URL, ...databaseOptions } = readEnvironment(schema, process.env);
 */
export function readEnvironment<TSchema extends z.ZodType>(schema: TSchema, env: Environment): z.output<TSchema> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const result = schema.safeParse(given);
  if (result.success) return result.data;

  const rules = new Map<string, string>();
  for (const { path, message } of result.error.issues) {
    const setting = String(path[0]);
    if (!rules.has(setting)) rules.set(setting, Object.hasOwn(given, setting) ? message : 'is required');
  }
  throw new sharedErrors.ConfigurationError({ settings: [...rules].map(([setting, rule]) => ({ setting, rule })) });
}
