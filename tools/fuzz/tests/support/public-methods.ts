import { AssetDao } from '@cnop/dao-inventory';
import { OrderDao } from '@cnop/dao-order';
import { BalanceDao, SessionDao, UserDao } from '@cnop/dao-user';
import { makeAssetCreate } from '@cnop/entities-inventory/testing';
import { makeOrderCreate, makeOrderDraft } from '@cnop/entities-order/testing';
import { makeUserCreate } from '@cnop/entities-user/testing';
import { createOrderFlow } from '@cnop/flow-order';
import { getPortfolio } from '@cnop/portfolio';
import { answerError } from '@cnop/testing';
import { cannedDatabase } from './canned-database.ts';

/** A method that takes what a client sent, with arguments that it accepts. */
export interface PublicMethod {
  readonly name: string;
  readonly call: (...args: never[]) => unknown;
  readonly args: readonly unknown[];
}

const orderId = '0190a5f2-7c1e-7b3a-9d4e-1f2a3b4c5d6e';
const transactionId = '01JGKX3V5W8Z9Y7T6S4R2Q1P0N';
/** Of the right form: a format, a family of 16 bytes, a secret of 32, a name. */
const refreshToken = Buffer.concat([Uint8Array.of(1), Buffer.alloc(48), Buffer.from('ann')]).toString('base64url');
const page = { limit: 5, cursor: 'AAAA' };
const username = 'ann';

/** Every request is refused, so that a method which sends one ends with DATABASE_ERROR. */
const database = cannedDatabase(answerError('ResourceNotFoundException', { message: 'No such table.' }));

/** The arguments of the methods of one object, by name. */
function methodsOf(label: string, target: object, args: Readonly<Record<string, readonly unknown[]>>): PublicMethod[] {
  const methods = target as Record<string, (...args: unknown[]) => unknown>;

  return Object.entries(args).map(([name, own]) => ({
    name: `${label}.${name}`,
    call: (...given: unknown[]) => methods[name]?.(...given),
    args: own,
  }));
}

const userDao = new UserDao({ database });
const sessionDao = new SessionDao({ database });
const balanceDao = new BalanceDao({ database });
const orderDao = new OrderDao({ database });
const assetDao = new AssetDao({ database });
const flow = createOrderFlow({ database });

/** The objects whose methods take input from outside. */
export const targets: Readonly<Record<string, object>> = {
  UserDao: userDao,
  SessionDao: sessionDao,
  BalanceDao: balanceDao,
  OrderDao: orderDao,
  AssetDao: assetDao,
  OrderFlow: flow,
};

export const publicMethods: readonly PublicMethod[] = [
  ...methodsOf('UserDao', userDao, {
    createUser: [makeUserCreate({ phone: '+12025550123' }), { role: 'admin', idempotencyKey: 'k-1' }],
    getUserByUsername: [username],
    ensureUser: [makeUserCreate(), { role: 'admin' }],
    findAccess: [username],
    suspendUser: [username],
    reinstateUser: [username],
    changePassword: [{ username, currentPassword: 'correct horse battery', newPassword: 'battery horse correct' }],
    findUserByEmail: ['ann@example.com'],
    updateUser: [{ username, expectedVersion: 1, changes: { email: 'b@example.com', phone: null } }],
    verifyPassword: [{ username, password: 'correct horse battery' }],
  }),
  ...methodsOf('SessionDao', sessionDao, {
    logIn: [{ username, password: 'correct horse battery', address: '192.0.2.1' }],
    createSession: [username],
    rotateSession: [refreshToken],
    revokeSession: [refreshToken],
    revokeAllSessions: [username],
  }),
  ...methodsOf('BalanceDao', balanceDao, {
    createBalance: [{ username, code: 'BTC', scale: 8 }],
    findBalance: [username, 'USD'],
    getBalance: [username, 'USD'],
    listBalances: [username],
    updateBalance: [{ username, code: 'USD', status: 'FROZEN' }],
    createTransaction: [
      { username, transactionType: 'DEPOSIT', code: 'USD', amountMinor: 100n, idempotencyKey: 'k-1', description: 'x' },
    ],
    getTransaction: [username, transactionId],
    getUserTransactions: [{ username, transactionType: 'DEPOSIT', ...page }],
    updateTransactionStatus: [{ username, transactionId, status: 'COMPLETED' }],
  }),
  ...methodsOf('OrderDao', orderDao, {
    createOrder: [makeOrderDraft({ clientOrderId: 'a-1', note: 'x', metadata: { desk: 'north' } })],
    findOrder: [orderId, { username }],
    getOrder: [orderId, { username }],
    updateOrder: [{ orderId, expectedVersion: 1, changes: { note: 'x', metadata: { desk: 'north' } } }],
    updateOrderStatus: [{ orderId, status: 'CANCELLED' }],
    getOrders: [{ username, assetId: 'AAPL', status: 'COMPLETED', ...page }],
    getOrdersByUser: [{ username, ...page }],
    getOrdersByUserAndAsset: [{ username, assetId: 'AAPL', ...page }],
    getOrdersByUserAndStatus: [{ username, status: 'COMPLETED', ...page }],
  }),
  ...methodsOf('AssetDao', assetDao, {
    createAsset: [{ ...makeAssetCreate(), minQuantity: '1', description: 'A share.' }],
    findAsset: ['AAPL'],
    getAsset: ['AAPL'],
    getAssets: [{ category: 'STOCK', status: 'ACTIVE', ...page }],
    getAssetsByIds: [['AAPL', 'MSFT']],
    updateAsset: [{ assetId: 'AAPL', expectedVersion: 1, changes: { name: 'Apple', description: null } }],
    setPrice: [{ assetId: 'AAPL', price: '1.25', asOf: '2026-01-02T03:04:05.678Z', source: 'feed' }],
    activateAsset: ['AAPL'],
    deactivateAsset: ['AAPL'],
  }),
  ...methodsOf('OrderFlow', flow, {
    placeOrder: [{ username, order: { ...makeOrderCreate(), clientOrderId: 'a-1' }, idempotencyKey: 'a-1' }],
    previewOrder: [{ username, order: makeOrderCreate() }],
    cancelOrder: [{ username, orderId }],
    refundOrder: [{ username, orderId, actor: 'root' }],
  }),
  { name: 'getPortfolio', call: (name: string) => getPortfolio(database, name), args: [username] },
];
