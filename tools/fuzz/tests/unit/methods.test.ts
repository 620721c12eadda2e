import { isDomainError } from '@cnop/exceptions';
import { makeAssetCreate } from '@cnop/entities-inventory/testing';
import { createOrderFlow } from '@cnop/flow-order';
import { createOrderEngine } from '@cnop/flow-order/engine';
import { getPortfolio } from '@cnop/portfolio';
import { answerError } from '@cnop/testing';
import fc from 'fast-check';
import { hostileValues } from '../../src/hostile.ts';
import { runs } from '../../src/runs.ts';
import { spoil } from '../../src/spoil.ts';
import { cannedDatabase } from '../support/canned-database.ts';
import { at, exampleOf, metadata, orderId, transactionId } from '../support/examples.ts';
import { librariesOf } from '../support/libraries.ts';
import { isPolluted } from '../support/purity.ts';

type Method = (...args: readonly unknown[]) => unknown;

const [owner, username, password, assetId] = ['ann', 'ann', 'correct horse battery', 'AAPL'];
/** The cursor is of no query. */
const page = { limit: 5, cursor: 'AAAA' };
const order = exampleOf('orderCreateSchema');
/** Of the right form: a format, a family of 16 bytes, a secret of 32, a name. */
const refreshToken = Buffer.concat([Uint8Array.of(1), Buffer.alloc(48), Buffer.from('ann')]).toString('base64url');

/** Arguments that each method accepts, by class and name: what is spoiled lies in or beside these. */
const calls: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>> = {
  UserDao: {
    createUser: [exampleOf('userCreateSchema'), { role: 'admin', idempotencyKey: 'k-1' }],
    getUserByUsername: [username],
    ensureUser: [exampleOf('userCreateSchema'), { role: 'admin' }],
    findAccess: [username, 'AAAA'],
    suspendUser: [username],
    reinstateUser: [username],
    changePassword: [{ username, currentPassword: password, newPassword: 'battery horse correct' }],
    findUserByEmail: ['ann@example.com'],
    updateUser: [{ username, expectedVersion: 1, changes: { email: 'b@example.com', phone: null } }],
    verifyPassword: [{ username, password }],
  },
  SessionDao: {
    logIn: [{ username, password, address: '192.0.2.1' }],
    createSession: [username],
    rotateSession: [refreshToken],
    revokeSession: [refreshToken],
    revokeAllSessions: [username],
  },
  BalanceDao: {
    createBalance: [{ owner, code: 'BTC', scale: 8 }],
    findBalance: [owner, 'USD'],
    getBalance: [owner, 'USD'],
    listBalances: [owner],
    updateBalance: [{ owner, code: 'USD', status: 'FROZEN' }],
    createTransaction: [exampleOf('balanceTransactionCreateSchema')],
    transfer: [exampleOf('transferCreateSchema')],
    getTransaction: [owner, transactionId],
    getUserTransactions: [{ owner, transactionType: 'DEPOSIT', ...page }],
    getTransactionsByIds: [owner, [transactionId]],
    updateTransactionStatus: [{ owner, transactionId, status: 'COMPLETED' }],
  },
  OrderDao: {
    createOrder: [exampleOf('orderDraftSchema')],
    findOrder: [orderId, { owner }],
    getOrder: [orderId, { owner }],
    updateOrder: [{ orderId, expectedVersion: 1, changes: { note: 'x', metadata } }],
    updateOrderStatus: [{ orderId, status: 'CANCELLED' }],
    getOrders: [{ owner, assetId, status: 'COMPLETED', ...page }],
    getOrdersByUser: [{ owner, ...page }],
    getOrdersByUserAndAsset: [{ owner, assetId, ...page }],
    getOrdersByUserAndStatus: [{ owner, status: 'COMPLETED', ...page }],
    dueOrders: [{ assetId, direction: 'RISE', priceMinor: 15_025n, shard: 1 }],
    trailEntries: [{ assetId, kind: 'HIGH', shard: 0, fromMs: 1_767_323_045_678 }],
    expiryEntries: [{ hour: '2026-03-02T14', shard: 0, upTo: at }],
    getOrdersByIds: [[orderId]],
    getOrdersSetAside: [{ assetId, ...page }],
    getVenueOrders: [{ assetId, list: 'open', ...page }],
  },
  TriggerStateDao: {
    loadCheckpoint: [assetId],
    saveCheckpoint: [assetId, { asOf: at, high: [{ anchor: at, markMinor: 5n }], low: [] }],
    loadExpiryHour: [],
    saveExpiryHour: ['2026-03-02T14'],
    claimLease: [assetId, 'worker-1', { ttlMs: 10_000 }],
  },
  AssetDao: {
    createAsset: [{ ...makeAssetCreate(), minQuantity: '1', description: 'A share.' }],
    findAsset: [assetId],
    getAsset: [assetId],
    getAssets: [{ category: 'STOCK', status: 'ACTIVE', ...page }],
    getAssetsByIds: [[assetId, 'MSFT']],
    updateAsset: [{ assetId, expectedVersion: 1, changes: { name: 'Apple', description: null, maxTickMoveBps: 500 } }],
    setPrice: [{ assetId, price: '1.25', asOf: at, source: 'feed' }],
    activateAsset: [assetId],
    deactivateAsset: [assetId],
    pauseTriggers: [assetId],
    resumeTriggers: [assetId],
    ticks: [{ assetId, after: at }],
    readTicks: [{ assetId, upTo: at }],
    getTicks: [{ assetId, from: at, to: at, ...page }],
  },
  OrderFlow: {
    placeOrder: [{ owner, order, idempotencyKey: 'a-1' }],
    previewOrder: [{ owner, order: { orderType: 'MARKET_SELL', assetId, quantity: '2' } }],
    cancelOrder: [{ owner, orderId }],
    cancelOrders: [{ owner, assetId, actor: 'root', limit: 5 }],
    amendOrder: [{ owner, orderId, amendment: exampleOf('orderAmendmentSchema') }],
    refundOrder: [{ owner, orderId, actor: 'root' }],
    getOrderEvents: [orderId, { owner }],
    executeOrder: [{ orderId, venueFillId: 'fill-1', quantity: '1', price: '1.25' }],
    confirmEnd: [{ orderId }],
    closeOrders: [{ assetId, actor: 'root' }],
    resumeOrder: [{ orderId, actor: 'root' }],
  },
  OrderEngine: {
    workTicks: [assetId],
    sweep: [assetId],
    sweepDay: [assetId],
    reload: [assetId],
    sweepExpiries: [{ everything: true }],
  },
  portfolio: { getPortfolio: [owner] },
};

/** Every request is refused, so that a method which sends one ends with DATABASE_ERROR. */
const database = cannedDatabase(answerError('ResourceNotFoundException', { message: 'No such table.' }));
const daos = librariesOf('dao').flatMap(([, exported]) =>
  Object.entries(exported).flatMap(([name, Dao]) =>
    /^[A-Z].*Dao$/.test(name) ? [[name, new (Dao as new (options: object) => object)({ database })] as const] : [],
  ),
);
const targets: readonly (readonly [string, object])[] = [
  ...daos,
  ['OrderFlow', createOrderFlow({ database })],
  ['OrderEngine', createOrderEngine({ database })],
  ['portfolio', { getPortfolio: (name: string) => getPortfolio(database, name) }],
];
/** Actions and guards are made by flows, of what they have checked; a watermark is that of an order as it was read. */
const notForClients = /^(?:constructor|clock|forget|watermarkOf|\w+Action|\w+Guard)$/;
const methods = targets.flatMap(([name, target]) =>
  [...Object.keys(target), ...Object.getOwnPropertyNames(Object.getPrototypeOf(target))]
    .filter((method) => !(method in Object.prototype) && !notForClients.test(method))
    .map((method) => ({
      name: `${name}.${method}`,
      call: (...args: readonly unknown[]) => (target as Record<string, Method>)[method]?.(...args),
      args: calls[name]?.[method],
    })),
);

const isAsyncIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/** The code of the error that a call ends with. */
async function codeOf(call: Method, args: readonly unknown[]): Promise<string> {
  try {
    const result = await call(...args);
    // What is read as it is taken asks for nothing before that.
    if (isAsyncIterable(result)) await result[Symbol.asyncIterator]().next();
  } catch (error) {
    return isDomainError(error) ? error.code : `no DomainError but ${String(error)}`;
  }
  return 'none';
}

it('finds the methods of every DAO', () => {
  expect(methods.map(({ name }) => name)).toEqual(expect.arrayContaining(['UserDao.findAccess', 'AssetDao.getAsset']));
});

describe.each(methods)('$name', ({ call, args = [] }) => {
  it('takes its example as far as the database', async () => {
    const hasCursor = typeof args[0] === 'object' && 'cursor' in (args[0] as object);

    expect(await codeOf(call, args)).toBe(hasCursor ? 'CURSOR_INVALID' : 'DATABASE_ERROR');
  });

  it('ends with a DomainError, whatever it is given', async () => {
    const spoiled = spoil(args).map(({ value }) => value);
    const inputs = fc.oneof(
      { weight: 3, arbitrary: spoiled.filter((value) => Array.isArray(value) && value.length < 5) },
      { weight: 1, arbitrary: fc.array(hostileValues, { maxLength: 2 }) },
    );

    await fc.assert(
      fc.asyncProperty(inputs as fc.Arbitrary<unknown[]>, async (given) => {
        expect(await codeOf(call, given)).toMatch(/^(?:none|[A-Z_]+)$/);
        expect(isPolluted()).toBe(false);
      }),
      runs(100),
    );
  });
});
