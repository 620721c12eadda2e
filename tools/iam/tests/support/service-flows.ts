import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { getAssetDao } from '@cnop/dao-inventory';
import { getBalanceDao } from '@cnop/dao-ledger';
import { getOrderDao } from '@cnop/dao-order';
import { getSessionDao, getUserDao, profileCheck } from '@cnop/dao-user';
import { createAccessCheck, getAccessReader } from '@cnop/dao-user/access';
import type { Database } from '@cnop/database-core';
import { makeAssetCreate } from '@cnop/entities-inventory/testing';
import { toOrderItem } from '@cnop/entities-order/table';
import { makeOrder, makeOrderDraft } from '@cnop/entities-order/testing';
import { makeUserCreate } from '@cnop/entities-user/testing';
import { createOrderFlow } from '@cnop/flow-order';
import { dynamoDbChecks } from '@cnop/health/dynamodb';
import { checkLedger } from '@cnop/ledger-audit';
import { getPortfolio } from '@cnop/portfolio';
import { loseRequest, loseResponse, refusalOf } from '@cnop/testing';
import type { RoleName } from '../../src/roles.ts';
import type { RecordedProcess } from './deployment.ts';
import { tellOrderEvents, useStandingOrders, workStandingOrders } from './standing-flows.ts';

const { password } = makeUserCreate();
const market = { orderType: 'MARKET_BUY', assetId: 'AAPL', quantity: '2' } as const;

/** Registers a user who has 1000.00 USD and a pending order. @returns the order's id. */
export async function openAccount(database: Database, username: string): Promise<string> {
  const deposit = { owner: username, transactionType: 'DEPOSIT', code: 'USD', amountMinor: 100_000n } as const;
  await getUserDao(database).createUser(makeUserCreate({ username, email: `${username}@example.com` }));
  await getBalanceDao(database).createTransaction(deposit);

  return (await getOrderDao(database).createOrder(makeOrderDraft({ owner: username }))).order.orderId;
}

/** Lists the asset AAPL at 10.00 USD. */
export async function listAsset(database: Database): Promise<void> {
  const assets = getAssetDao(database);

  await assets.createAsset(makeAssetCreate());
  await assets.setPrice({ assetId: 'AAPL', price: '10.00', asOf: new Date().toISOString(), source: 'feed' });
}

/** What a service asks of its tables to know whether it is ready, and of users to know whether they may act. */
async function checkTables(database: Database, tables: readonly string[]): Promise<void> {
  const tableNames = tables.map((name) => database.tableName(name));
  for (const { check } of dynamoDbChecks({ client: database.reader, tableNames })) {
    await check(new AbortController().signal);
  }

  const access = createAccessCheck({ reader: getAccessReader(database) });
  await access.isActive({ username: 'ada', role: 'customer', sessionEpoch: 0 });
  await access.isActive({ username: 'ada', role: 'customer', sessionEpoch: 0, sessionId: 'of-ada' });
}

/** What each role does: a service route by route. AAPL is listed at 10.00. */
export const flows: Readonly<Record<RoleName, (process: RecordedProcess) => Promise<void>>> = {
  'user-service': async (process) => {
    await checkTables(process.database, ['users', 'ledger', 'inventory']);
    await useAccounts(process);
    await useMoney(process);
  },

  'order-service': async (process) => {
    const { database, http, elsewhere } = process;
    const pendingOrderId = await openAccount(elsewhere, 'bob');
    const [flow, orders, owner] = [createOrderFlow({ database }), getOrderDao(database), 'bob'];
    const buy = (clientOrderId: string, quantity: string) =>
      flow.placeOrder({ owner, order: { ...market, quantity, clientOrderId } });
    await checkTables(database, ['users', 'ledger', 'orders', 'inventory']);

    await flow.previewOrder({ owner, order: market });
    const { orderId } = (await buy('a-1', '2')).order;
    await buy('a-1', '2');
    await flow.placeOrder({ owner, order: { ...market, orderType: 'MARKET_SELL', quantity: '1' } });
    await buy('a-2', '1');
    await refusalOf(buy('a-3', '1000'));
    // Refused after an attempt that may yet land: with a fence.
    http.script('TransactWriteItems', loseRequest());
    await refusalOf(buy('a-4', '1000'));

    await orders.getOrder(orderId, { owner });
    await orders.getOrders({ owner });
    await orders.getOrders({ owner, assetId: 'AAPL' });
    await orders.getOrders({ owner, status: 'COMPLETED' });
    await orders.getOrders({ owner, assetId: 'AAPL', status: 'COMPLETED' });
    await flow.cancelOrder({ orderId: pendingOrderId, owner });
    await flow.refundOrder({ orderId, actor: 'root' });
    await useStandingOrders(process);
  },

  'order-events': tellOrderEvents,

  'order-worker': async (process) => {
    const { database } = process;
    const tableNames = ['ledger', 'orders', 'inventory'].map((name) => database.tableName(name));
    for (const { check } of dynamoDbChecks({ client: database.reader, tableNames })) {
      await check(new AbortController().signal);
    }
    await workStandingOrders(process);
  },

  'inventory-service': async ({ database, http }) => {
    const assets = getAssetDao(database);
    await checkTables(database, ['users', 'inventory']);
    await assets.createAsset(makeAssetCreate({ assetId: 'FUND', category: 'ETF' }));
    await assets.updateAsset({ assetId: 'FUND', expectedVersion: 1, changes: { name: 'The fund' } });
    await assets.deactivateAsset('FUND');
    await assets.activateAsset('FUND');
    await assets.pauseTriggers('FUND');
    await assets.resumeTriggers('FUND');
    // Looked for after the last attempt, whose response was lost.
    http.script('TransactWriteItems', loseResponse(), loseRequest());
    await assets.setPrice({ assetId: 'FUND', price: '10.00', asOf: new Date().toISOString(), source: 'feed' });
    await assets.getTicks({ assetId: 'FUND' });

    await assets.getAsset('FUND');
    await assets.getAssets({ status: 'ACTIVE' });
    await assets.getAssets({ category: 'ETF' });
    await assets.getAssets({ category: 'ETF', status: 'ACTIVE' });
  },

  /** Over a ledger that is broken too: an order is completed that was never paid for, and one waits for a price without a hold. */
  'ledger-auditor': async ({ database, elsewhere }) => {
    await openAccount(elsewhere, 'eve');
    await createOrderFlow({ database: elsewhere }).placeOrder({ owner: 'eve', order: market });
    const at = new Date().toISOString();
    const limit = { orderType: 'LIMIT_BUY', limitPriceMinor: 1n, activeAsOf: at, expiresAt: at } as const;
    const waiting = makeOrder({ owner: 'eve', orderId: randomUUID(), status: 'QUEUED', ...limit });
    for (const order of [makeOrder({ owner: 'eve', status: 'COMPLETED' }), waiting]) {
      const Item = toOrderItem(order, { requestHash: 'h', writeId: 'w' });
      await elsewhere.writer.send(new PutCommand({ TableName: elsewhere.tableName('orders'), Item }));
    }

    expect((await checkLedger(database)).brokenCount).toBeGreaterThan(0);
  },
};

async function useAccounts({ database }: RecordedProcess): Promise<void> {
  const [users, sessions] = [getUserDao(database), getSessionDao(database)];
  await users.ensureUser(makeUserCreate({ username: 'root', email: 'root@example.com' }), { role: 'admin' });
  await users.createUser(makeUserCreate({ username: 'ada', email: 'ada@example.com' }));
  await users.getUserByUsername('ada');
  await users.updateUser({ username: 'ada', expectedVersion: 1, changes: { firstName: 'Ada' } });
  await users.updateUser({ username: 'ada', expectedVersion: 2, changes: { email: 'ada@example.org' } });

  const credentials = { username: 'ada', password, address: '192.0.2.1' };
  await refusalOf(sessions.logIn({ ...credentials, password: 'wrong' }));
  await refusalOf(sessions.logIn({ ...credentials, username: 'nobody' }));
  const { refreshToken } = await sessions.logIn(credentials);
  const { refreshToken: second } = await sessions.rotateSession(refreshToken);
  await sessions.rotateSession(second);
  await refusalOf(sessions.rotateSession(refreshToken));
  await sessions.revokeSession(second);
  await users.changePassword({ username: 'ada', currentPassword: password, newPassword: 'quite another password' });
  await sessions.createSession('ada');
}

async function useMoney({ database, http }: RecordedProcess): Promise<void> {
  const [users, owner] = [getUserDao(database), 'ada'];
  const balances = getBalanceDao(database, { ownerCheck: profileCheck(database) });
  const deposit = { owner, transactionType: 'DEPOSIT', code: 'USD', amountMinor: 100n } as const;
  const withdrawal = { ...deposit, transactionType: 'WITHDRAW' } as const;
  const { transaction } = await balances.createTransaction({ ...deposit, idempotencyKey: 'd-1' });
  await balances.createTransaction({ ...deposit, idempotencyKey: 'd-1' });
  await balances.createTransaction({ ...withdrawal, amountMinor: 1n });
  await refusalOf(balances.createTransaction({ ...withdrawal, amountMinor: 10_000n, idempotencyKey: 'w-1' }));
  // Refused after an attempt that may yet land: with a fence.
  http.script('TransactWriteItems', loseRequest());
  await refusalOf(balances.createTransaction({ ...withdrawal, amountMinor: 10_000n, idempotencyKey: 'w-2' }));
  await balances.listBalances(owner);
  await balances.getBalance(owner, 'USD');
  await balances.getUserTransactions({ owner, limit: 2 });
  await balances.getTransaction(owner, transaction.transactionId);

  const { decimals: scale } = await getAssetDao(database).getAsset('AAPL');
  const adjustment = { owner, transactionType: 'SYSTEM_ADJUSTMENT', code: 'AAPL', amountMinor: 5n } as const;
  await balances.createTransaction({ ...adjustment, scale, actor: 'root' });
  await getPortfolio(database, owner);
  for (const status of ['COMPLETED', 'FAILED'] as const) {
    const { transactionId } = (await balances.createTransaction({ ...deposit, pending: true })).transaction;
    await balances.updateTransactionStatus({ owner, transactionId, status });
  }
  await users.suspendUser('ada');
  await users.reinstateUser('ada');
}
