import type { TableShape } from '@cnop/utils';
import { httpUrlSetting, wholeNumberSetting } from '@cnop/validation';
import { z } from 'zod';
import type { DatabaseOptions } from './database-options.ts';

const regionSetting = z.string().regex(/^[a-z]{2,}(-[a-z]+)+-\d$/, 'must be a Region such as eu-west-1');
const tableNameSetting = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{3,255}$/, 'must be 3 to 255 letters, digits, "_", "." or "-"');
const millisecondsSetting = wholeNumberSetting(600_000);

const connectionSettings = z
  .object({
    AWS_REGION: regionSetting,
    DYNAMODB_ENDPOINT: httpUrlSetting().optional(),
    CNOP_DYNAMODB_CONNECT_TIMEOUT_MS: millisecondsSetting.optional(),
    CNOP_DYNAMODB_REQUEST_TIMEOUT_MS: millisecondsSetting.optional(),
    CNOP_DYNAMODB_MAX_ATTEMPTS: wholeNumberSetting(100).optional(),
  })
  .transform((settings) => ({
    region: settings.AWS_REGION,
    endpoint: settings.DYNAMODB_ENDPOINT,
    timeouts: {
      connectMs: settings.CNOP_DYNAMODB_CONNECT_TIMEOUT_MS,
      requestMs: settings.CNOP_DYNAMODB_REQUEST_TIMEOUT_MS,
    },
    retry: { maxAttempts: settings.CNOP_DYNAMODB_MAX_ATTEMPTS },
  }));

/**
 * The settings of a database with these tables, for `readEnvironment` of `@cnop/validation`: `AWS_REGION`, the physical name of each
 * table as `CNOP_TABLE_<NAME>` (that of `price-ticks` as `CNOP_TABLE_PRICE_TICKS`), and optionally `DYNAMODB_ENDPOINT`,
 * `CNOP_DYNAMODB_CONNECT_TIMEOUT_MS`, `CNOP_DYNAMODB_REQUEST_TIMEOUT_MS` and `CNOP_DYNAMODB_MAX_ATTEMPTS`. Credentials stay with the
 * AWS SDK's own chain.
 *
 * @example
 * const database = createDatabase(readEnvironment(databaseSettings([usersTableShape, ordersTableShape]), process.env));
 */
export function databaseSettings(shapes: readonly TableShape[]): z.ZodType<DatabaseOptions> {
  const variables = shapes.map(({ name }) => ({ name, variable: tableVariable(name) }));
  const tableSettings = z
    .object(Object.fromEntries(variables.map(({ variable }) => [variable, tableNameSetting])))
    .transform((settings) => ({
      tables: Object.fromEntries(variables.map(({ name, variable }) => [name, settings[variable] ?? ''])),
    }));

  return connectionSettings.and(tableSettings);
}

/** `price-ticks` becomes `CNOP_TABLE_PRICE_TICKS`. */
const tableVariable = (name: string): string => `CNOP_TABLE_${name.replaceAll(/[^A-Za-z0-9]+/g, '_').toUpperCase()}`;
