import { sharedErrors } from '@cnop/exceptions';
import { httpUrlSetting } from '@cnop/validation';
import * as z from 'zod';
import type { DatabaseOptions } from './database-settings.ts';
import { refuseSharedTables, regionSetting, tableNameSetting } from './table-settings.ts';

const positive = { error: 'must be a positive whole number' };
const positiveSetting = z.int(positive).min(1, positive).optional();
const unboundedSetting = z.union([z.literal(Infinity), z.int().min(1)], positive).optional();
const functionSetting = z.custom((value) => typeof value === 'function', 'must be a function').optional();
const objectSetting = z.looseObject({}, { error: 'must be an object' }).optional();

const optionsSchema = z.strictObject({
  region: regionSetting,
  endpoint: httpUrlSetting().optional(),
  credentials: z.unknown().optional(),
  tables: z
    .record(z.string(), tableNameSetting, { error: 'must be physical table names by logical name' })
    .check(refuseSharedTables((name) => `tables.${name}`)),
  timeouts: z.strictObject({ connectMs: positiveSetting, requestMs: positiveSetting }).optional(),
  retry: z
    .strictObject({ maxAttempts: positiveSetting, baseDelayMs: positiveSetting, maxDelayMs: positiveSetting })
    .optional(),
  retryTokens: unboundedSetting,
  maxClockErrorMs: unboundedSetting,
  singleWrites: z.enum(['plain', 'transaction'], { error: 'must be "plain" or "transaction"' }).optional(),
  maxSockets: positiveSetting,
  requestHandler: objectSetting,
  clock: objectSetting,
  ids: objectSetting,
  random: functionSetting,
  sleep: functionSetting,
} satisfies Record<keyof DatabaseOptions, z.ZodType>);

/** @throws {@link sharedErrors.ConfigurationError} naming every option that is missing, wrong or not known; never a value. */
export function checkOptions(options: DatabaseOptions): void {
  const { error } = optionsSchema.safeParse(options);
  if (error) throw new sharedErrors.ConfigurationError({ settings: error.issues.flatMap(settingsOf(options)) });
}

const settingsOf = (options: DatabaseOptions) => (issue: z.core.$ZodIssue) => {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ setting: [...issue.path, key].join('.'), rule: 'is not known' }));
  }
  const setting = issue.path.join('.') || 'options';
  const isMissing = issue.path.length === 1 && options[setting as keyof DatabaseOptions] === undefined;

  return [{ setting, rule: isMissing ? 'is required' : issue.message }];
};
