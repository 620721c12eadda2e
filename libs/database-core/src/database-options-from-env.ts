import { ConfigurationError } from '@cnop/exceptions';
import { z } from 'zod';
import type { DatabaseOptions } from './database-options.ts';

const tableName = z
  .string({ error: 'is required' })
  .regex(/^[A-Za-z0-9_.-]{3,255}$/, 'must be 3 to 255 letters, digits, "_", "." or "-"');

function wholeNumber(max: number) {
  const rule = `must be a whole number from 1 to ${max}`;

  return z
    .string()
    .regex(/^\d{1,9}$/, rule)
    .transform(Number)
    .pipe(z.int().min(1, rule).max(max, rule))
    .optional();
}

const milliseconds = wholeNumber(600_000);

const environmentSchema = z.object({
  AWS_REGION: z
    .string({ error: 'is required' })
    .regex(/^[a-z]{2,}(-[a-z]+)+-\d$/, 'must be a Region such as eu-west-1'),
  DYNAMODB_ENDPOINT: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).optional(),
  CNOP_TABLE_USERS: tableName,
  CNOP_TABLE_LEDGER: tableName,
  CNOP_TABLE_ORDERS: tableName,
  CNOP_TABLE_INVENTORY: tableName,
  CNOP_DYNAMODB_CONNECT_TIMEOUT_MS: milliseconds,
  CNOP_DYNAMODB_REQUEST_TIMEOUT_MS: milliseconds,
  CNOP_DYNAMODB_MAX_ATTEMPTS: wholeNumber(100),
});

/**
 * The database's options from environment variables: `AWS_REGION`, `DYNAMODB_ENDPOINT`, `CNOP_TABLE_USERS`, `CNOP_TABLE_LEDGER`, `CNOP_TABLE_ORDERS`,
 * `CNOP_TABLE_INVENTORY`, and optionally `CNOP_DYNAMODB_CONNECT_TIMEOUT_MS`, `CNOP_DYNAMODB_REQUEST_TIMEOUT_MS` and
 * `CNOP_DYNAMODB_MAX_ATTEMPTS`. Credentials stay with the SDK's own chain. An empty variable counts as missing.
 *
 * @throws {@link ConfigurationError} naming the first variable that is missing or wrong; never its value.
 */
export function databaseOptionsFromEnv(env: Readonly<Record<string, string | undefined>>): DatabaseOptions {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(present);

  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigurationError({
      settings: [{ setting: String(issue?.path[0]), rule: issue?.message ?? 'is not valid' }],
    });
  }
  const settings = parsed.data;

  return {
    region: settings.AWS_REGION,
    endpoint: settings.DYNAMODB_ENDPOINT,
    tables: {
      users: settings.CNOP_TABLE_USERS,
      ledger: settings.CNOP_TABLE_LEDGER,
      orders: settings.CNOP_TABLE_ORDERS,
      inventory: settings.CNOP_TABLE_INVENTORY,
    },
    timeouts: {
      connectMs: settings.CNOP_DYNAMODB_CONNECT_TIMEOUT_MS,
      requestMs: settings.CNOP_DYNAMODB_REQUEST_TIMEOUT_MS,
    },
    retry: { maxAttempts: settings.CNOP_DYNAMODB_MAX_ATTEMPTS },
  };
}
