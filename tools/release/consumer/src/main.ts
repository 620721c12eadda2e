// A consumer's program: what the README of the workspace shows, from packages of a registry.
import { getAssetDao } from '@cnop/dao-inventory';
import { getBalanceDao, getUserDao } from '@cnop/dao-user';
import { createDatabase, ensureTables } from '@cnop/database-core';
import { inventoryTableShape } from '@cnop/entities-inventory/table';
import { ordersTableShape } from '@cnop/entities-order/table';
import { usersTableShape } from '@cnop/entities-user/table';
import { createOrderFlow } from '@cnop/flow-order';
import { checkLedger } from '@cnop/ledger-audit';
import { startDynamoDb } from '@cnop/testing';

const dynamoDb = await startDynamoDb();
const tables = { users: 'users', orders: 'orders', inventory: 'inventory' };
const database = createDatabase({ ...dynamoDb, tables });

try {
  await ensureTables(database, [usersTableShape, ordersTableShape, inventoryTableShape]);

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

  const owner = 'ada';
  await getUserDao(database).createUser({
    username: owner,
    password: 'correct horse battery staple',
    email: 'ada@example.com',
    firstName: 'Ada',
    lastName: 'L',
  });
  const balances = getBalanceDao(database);
  await balances.createTransaction({
    owner,
    transactionType: 'DEPOSIT',
    code: 'USD',
    amountMinor: 100_000n,
    idempotencyKey: 'deposit-1',
  });

  const flow = createOrderFlow({ database });
  const order = { orderType: 'MARKET_BUY', assetId: 'BTC', quantity: '0.01', clientOrderId: 'buy-1' } as const;
  const first = await flow.placeOrder({ owner, order });
  const again = await flow.placeOrder({ owner, order });
  const { availableMinor } = await balances.getBalance(owner, 'USD');
  const { brokenCount } = await checkLedger(database);

  const outcome = {
    orderStatus: first.order.status,
    replayed: again.replayed,
    availableMinor: availableMinor.toString(),
    brokenInvariants: brokenCount,
  };
  process.stdout.write(`${JSON.stringify(outcome)}\n`);
} finally {
  database.close();
  await dynamoDb.stop();
}
