// The same program for a consumer who has not left CommonJS.
const { getAssetDao } = require('@cnop/dao-inventory');
const { getBalanceDao, getUserDao } = require('@cnop/dao-user');
const { createDatabase, ensureTables } = require('@cnop/database-core');
const { inventoryTableShape } = require('@cnop/entities-inventory/table');
const { ordersTableShape } = require('@cnop/entities-order/table');
const { usersTableShape } = require('@cnop/entities-user/table');
const { createOrderFlow } = require('@cnop/flow-order');
const { checkLedger } = require('@cnop/ledger-audit');
const { startDynamoDb } = require('@cnop/testing');

const owner = 'ada';

async function openMarket(database) {
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
}

async function depositAndBuy(database) {
  const balances = getBalanceDao(database);
  const flow = createOrderFlow({ database });
  const order = { orderType: 'MARKET_BUY', assetId: 'BTC', quantity: '0.01', clientOrderId: 'buy-1' };

  await getUserDao(database).createUser({
    username: owner,
    password: 'correct horse battery staple',
    email: 'ada@example.com',
    firstName: 'Ada',
    lastName: 'L',
  });
  await balances.createTransaction({
    owner,
    transactionType: 'DEPOSIT',
    code: 'USD',
    amountMinor: 100_000n,
    idempotencyKey: 'deposit-1',
  });
  const first = await flow.placeOrder({ owner, order });
  const again = await flow.placeOrder({ owner, order });
  const { availableMinor } = await balances.getBalance(owner, 'USD');

  return { orderStatus: first.order.status, replayed: again.replayed, availableMinor: availableMinor.toString() };
}

async function main() {
  const dynamoDb = await startDynamoDb();
  const tables = { users: 'users', orders: 'orders', inventory: 'inventory' };
  const database = createDatabase({ ...dynamoDb, tables });

  try {
    await openMarket(database);
    const trade = await depositAndBuy(database);
    const { brokenCount } = await checkLedger(database);
    process.stdout.write(`${JSON.stringify({ ...trade, brokenInvariants: brokenCount })}\n`);
  } finally {
    database.close();
    await dynamoDb.stop();
  }
}

void main();
