import { randomUUID } from 'node:crypto';
import { withoutUndefined, type TableShape } from '@cnop/utils';

/**
 * Names tables that no other test file uses, so that test files may share one DynamoDB.
 *
 * @param names - logical table names, e.g. `['users', 'orders']`.
 * @returns logical to physical name, e.g. `{ users: 'test-3f0c2a9d71be-users', … }`; another set at every call.
 */
export function isolatedTables<TName extends string>(names: readonly TName[], prefix = 'test'): Record<TName, string> {
  const run = randomUUID().replaceAll('-', '').slice(-12);

  return Object.fromEntries(names.map((name) => [name, `${prefix}-${run}-${name}`])) as Record<TName, string>;
}

/** Where the DynamoDB of the tests is, for `createDatabase` or a client. */
export interface TestConnection {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Generous, since a busy machine may keep a request waiting for long. */
  readonly timeouts: { readonly connectMs: number; readonly requestMs: number };
}

/**
 * The connection to the DynamoDB that `cnop-with-dynamodb` has started, or that `DYNAMODB_ENDPOINT` names.
 *
 * @throws a plain Error when there is no such variable.
 */
export function testConnection(): TestConnection {
  const endpoint = process.env['DYNAMODB_ENDPOINT'];
  if (!endpoint) throw new Error('DYNAMODB_ENDPOINT names no DynamoDB: run the tests by cnop-with-dynamodb.');

  return {
    region: 'us-east-1',
    endpoint,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    timeouts: { connectMs: 30_000, requestMs: 60_000 },
  };
}

/**
 * The same tables without their streams, for tests that read none: with every write DynamoDB Local goes through all streams that it has
 * ever had, so it gets slower with each table.
 */
export const withoutStreams = (shapes: readonly TableShape[]): TableShape[] =>
  shapes.map((shape) => withoutUndefined<TableShape>({ ...shape, stream: undefined }));
