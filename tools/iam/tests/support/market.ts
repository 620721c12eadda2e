import { getAssetDao } from '@cnop/dao-inventory';
import { getBalanceDao } from '@cnop/dao-ledger';
import { getUserDao } from '@cnop/dao-user';
import type { Database } from '@cnop/database-core';
import { makeUserCreate } from '@cnop/entities-user/testing';
import { dynamoDbChecks } from '@cnop/health/dynamodb';

/** The password of everyone here. */
export const { password } = makeUserCreate();

/** Registers a user who has 1000.00 USD. */
export async function openAccount(database: Database, username: string): Promise<void> {
  await getUserDao(database).createUser(makeUserCreate({ username, email: `${username}@example.com` }));
  await getBalanceDao(database).createTransaction({
    owner: username,
    transactionType: 'DEPOSIT',
    code: 'USD',
    amountMinor: 100_000n,
  });
}

/** An asset at 10.00 USD. */
export async function listAsset(database: Database, assetId: string): Promise<void> {
  const assets = getAssetDao(database);

  await assets.createAsset({
    assetId,
    name: assetId,
    category: 'STOCK',
    currency: 'USD',
    decimals: 0,
    priceScale: 2,
  });
  await assets.setPrice({ assetId, price: '10.00', asOf: new Date().toISOString(), source: 'feed' });
}

/** What a service asks of its tables to know whether it is ready. */
export async function checkHealth(database: Database, tables: readonly string[]): Promise<void> {
  const tableNames = tables.map((name) => database.tableName(name));

  for (const { check } of dynamoDbChecks({ client: database.reader, tableNames })) {
    await check(new AbortController().signal);
  }
}
