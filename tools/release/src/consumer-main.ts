// A consumer's program: what the README of the workspace shows, from packages of a registry.
import { deepStrictEqual } from 'node:assert';
import { getAssetDao } from '@cnop/dao-inventory';
import { getBalanceDao } from '@cnop/dao-ledger';
import { getUserDao } from '@cnop/dao-user';
import { createDatabase, ensureTables, type Database } from '@cnop/database-core';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import { createOrderFlow } from '@cnop/flow-order';
import { checkLedger } from '@cnop/ledger-audit';
import { startDynamoDb } from '@cnop/testing';

const owner = 'ada';

async function depositAndBuy(database: Database): Promise<void> {
  await ensureTables(database, [usersTableShape, ledgerTableShape, ordersTableShape, inventoryTableShape]);
  const assets = getAssetDao(database);
  await assets.createAsset({
    assetId: 'BTC',
    name: 'Bitcoin',
    category: 'CRYPTO',
    currency: 'USD',
    decimals: 8,
    priceScale: 2,
  });
  await assets.setPrice({ assetId: 'BTC', price: '64250.17', asOf: new Date().toISOString(), source: 'feed' });
  await getUserDao(database).createUser({
    username: owner,
    password: 'correct horse battery staple',
    email: 'ada@example.com',
    firstName: 'Ada',
    lastName: 'L',
  });
  const deposit = { transactionType: 'DEPOSIT', code: 'USD', amountMinor: 100_000n } as const;
  await getBalanceDao(database).createTransaction({ owner, ...deposit, idempotencyKey: 'deposit-1' });

  const flow = createOrderFlow({ database });
  const order = { orderType: 'MARKET_BUY', assetId: 'BTC', quantity: '0.01', clientOrderId: 'buy-1' } as const;
  const first = await flow.placeOrder({ owner, order });
  const again = await flow.placeOrder({ owner, order });
  const { availableMinor } = await getBalanceDao(database).getBalance(owner, 'USD');
  const { brokenCount } = await checkLedger(database);

  // 1000.00 USD, less 0.01 BTC at 64250.17 USD, the cost rounded up to 642.51 USD.
  deepStrictEqual([first.order.status, again.replayed, availableMinor, brokenCount], ['COMPLETED', true, 35_749n, 0]);
}

async function main(): Promise<void> {
  const dynamoDb = await startDynamoDb();
  const { region, endpoint, credentials } = dynamoDb;
  const database = createDatabase({
    region,
    endpoint,
    credentials,
    tables: { users: 'users', ledger: 'ledger', orders: 'orders', inventory: 'inventory' },
  });

  try {
    await depositAndBuy(database);
    process.stdout.write('an order completed once, 357.49 USD left, no broken invariant\n');
  } finally {
    database.close();
    await dynamoDb.stop();
  }
}

void main();
