import { deleteTables, ensureTables, type DatabaseOptions } from '@cnop/database-core';
import { fillWallet } from './purchase.ts';
import { openTestDatabase, thingsShape, type TestDatabase } from './test-database.ts';

const opened: TestDatabase[] = [];

/** A database with the table and a wallet in it; gone after the test. */
export async function setup({ available = 100, ...options }: Partial<DatabaseOptions> & { available?: number } = {}) {
  const test = openTestDatabase(options);

  opened.push(test);
  await ensureTables(test.database, [thingsShape]);
  await fillWallet(test.database, available);
  return test;
}

afterEach(async () => {
  for (const { database } of opened.splice(0)) {
    await deleteTables(database, [thingsShape]);
    database.close();
  }
});
