import { randomUUID } from 'node:crypto';

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
