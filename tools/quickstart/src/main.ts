import { getAssetDao } from '@cnop/dao-inventory';
import { getBalanceDao } from '@cnop/dao-ledger';
import { getUserDao } from '@cnop/dao-user';
import { createDatabase, ensureTables } from '@cnop/database-core';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import { createOrderFlow } from '@cnop/flow-order';
import { checkLedger } from '@cnop/ledger-audit';
import { startDynamoDb } from '@cnop/testing';

const dynamoDb = await startDynamoDb();
const tables = { users: 'users', ledger: 'ledger', orders: 'orders', inventory: 'inventory' };
const database = createDatabase({ ...dynamoDb, tables });
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

const owner = 'ada';
const password = 'correct horse battery staple';
await getUserDao(database).createUser({
  username: owner,
  password,
  email: 'ada@example.com',
  firstName: 'Ada',
  lastName: 'L',
});
await getBalanceDao(database).createTransaction({
  owner,
  transactionType: 'DEPOSIT',
  code: 'USD',
  amountMinor: 100_000n, // 1000.00 USD
  idempotencyKey: 'deposit-1',
});

const flow = createOrderFlow({ database });
const order = { orderType: 'MARKET_BUY', assetId: 'BTC', quantity: '0.01', clientOrderId: 'buy-1' } as const;
const first = await flow.placeOrder({ owner, order });
const again = await flow.placeOrder({ owner, order }); // the client got no answer and repeats

const cash = await getBalanceDao(database).getBalance(owner, 'USD');
const { brokenCount } = await checkLedger(database);
process.stdout.write(`${first.order.status} ${again.replayed} ${cash.availableMinor} ${brokenCount}\n`); // COMPLETED true 35749 0

database.close();
await dynamoDb.stop();
