import { randomUUID } from 'node:crypto';
import { getAssetDao } from '@cnop/dao-inventory';
import { getBalanceDao, getUserDao } from '@cnop/dao-user';
import { ensureTables, type Database } from '@cnop/database-core';
import { inventoryTableShape } from '@cnop/entities-inventory/table';
import { ordersTableShape } from '@cnop/entities-order/table';
import { usersTableShape } from '@cnop/entities-user/table';
import { isDomainError } from '@cnop/exceptions';
import { lastCloses, listStocks, loadPriceHistory } from '@cnop/sample-market';
import { formatDecimal } from '@cnop/utils';

const username = 'demo';
const cashMinor = 1_000_000n;

/** What the demo user is given, for people. */
export const demoCash = `${formatDecimal(cashMinor, 2)} USD`;

/** Creates the tables, lists the sample stocks at their last close and gives the user `demo` her cash; once, however often it runs. */
export async function seed(database: Database): Promise<void> {
  await ensureTables(database, [usersTableShape, ordersTableShape, inventoryTableShape]);
  await listStocks(getAssetDao(database));
  await refreshPrices(database);
  await registerDemoUser(database);
  await getBalanceDao(database).createTransaction({
    username,
    transactionType: 'DEPOSIT',
    code: 'USD',
    amountMinor: cashMinor,
    idempotencyKey: 'local-stack-seed',
  });
}

/** Sets the last close of every sample stock again, as of now, so that it can be traded on. */
export async function refreshPrices(database: Database): Promise<void> {
  const assets = getAssetDao(database);
  const asOf = database.clock.now().toISOString();

  for (const [assetId, { price }] of lastCloses(loadPriceHistory())) {
    await assets.setPrice({ assetId, price, asOf, source: 'sample-market' });
  }
}

async function registerDemoUser(database: Database): Promise<void> {
  try {
    await getUserDao(database).createUser({
      username,
      email: 'demo@example.com',
      password: randomUUID(),
      firstName: 'Demo',
      lastName: 'User',
    });
  } catch (error) {
    if (!isDomainError(error) || error.code !== 'USERNAME_TAKEN') throw error;
  }
}
