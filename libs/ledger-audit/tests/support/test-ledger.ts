import { randomUUID } from 'node:crypto';
import { DeleteCommand, PutCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { getBalanceDao } from '@cnop/dao-ledger';
import {
  createDatabase,
  deleteTables,
  ensureTables,
  type Database,
  type DatabaseOptions,
  type RawItem,
} from '@cnop/database-core';
import { sideOf, type Order } from '@cnop/entities-order';
import { makeFill, makeOrder } from '@cnop/entities-order/testing';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { orderKey, toOrderItem } from '@cnop/entities-order/table';
import {
  holdPostings,
  paymentPostings,
  releasePostings,
  type BalanceTransaction,
  type Posting,
} from '@cnop/entities-ledger';
import { balanceKey, toTransactionItem, transactionKey } from '@cnop/entities-ledger/table';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import { toEmailClaimItem, toUserItem } from '@cnop/entities-user/table';
import { makeUser } from '@cnop/entities-user/testing';
import { isolatedTables, testConnection, withoutStreams } from '@cnop/testing';

/** Key and attributes to set in one raw update; `undefined` removes. */
export type RawChange = Readonly<Record<string, unknown>>;

export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

type TableName = 'users' | 'ledger' | 'orders' | 'inventory';

/** A database with tables of its own, and ways to write into them past every rule. */
export interface TestLedger {
  readonly database: Database;
  /** What the database was opened with. */
  readonly connection: DatabaseOptions;
  readonly tables: Readonly<Record<TableName, string>>;
  put(table: TableName, item: RawItem): Promise<void>;
  change(table: TableName, key: ItemKey, change: RawChange): Promise<void>;
  remove(table: TableName, key: ItemKey): Promise<void>;
  register(owner: string): Promise<void>;
  deposit(owner: string, amountMinor: bigint, code?: string): Promise<string>;
  /** Puts a journal entry as it is. */
  putEntry(entry: Partial<BalanceTransaction> & Pick<BalanceTransaction, 'owner' | 'postings'>): Promise<string>;
  putOrder(order: Order): Promise<Order>;
  /** Puts an entry and moves the balances by its postings, without asking whether they cover it; counts orders where it moves `held`. */
  move(
    entry: Partial<BalanceTransaction> & Pick<BalanceTransaction, 'owner' | 'postings'>,
    orders?: { readonly opened?: number },
  ): Promise<string>;
  /** A sound completed market order of 2 AAPL at 10.00 USD, with its payment. */
  trade(owner: string, orderType?: Order['orderType']): Promise<Order>;
  /** The same with a fee of 25 basis points, 0.05 USD. */
  tradeAtFee(owner: string, orderType?: Order['orderType']): Promise<Order>;
  /** A sound queued limit buy that holds 50.00 USD. */
  queue(owner: string): Promise<Order>;
  /** A sound order of this type, queued, that holds an amount of USD or AAPL. */
  hold(owner: string, orderType: Order['orderType'], amountMinor: bigint): Promise<Order>;
  /** The order, of a buy, once these amounts of USD were held for it too, or released where they are negative: one adjustment each. */
  adjust(order: Order, amountsMinor: readonly bigint[]): Promise<Order>;
  /** A sound limit buy of which 2 of 5 AAPL are executed at 9.00, from a hold of 10.00 each. */
  partlyFill(owner: string): Promise<Order>;
  /** A sound market buy that was refunded. */
  refund(owner: string): Promise<Order>;
  /** A sound limit buy that was cancelled, its hold released. */
  cancel(owner: string): Promise<Order>;
  /** Deletes all items. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** Of the least cost: to hash a password as it is meant to be takes longer than most tests. */
const passwordHash = '$argon2id$v=19$m=8,t=1,p=1$eGVJMNtc5HBxw3GqmGLu1g$XZQwHKsp9V1WmyHI10JOLCn26SMu31cj892JUDCgkPQ';

export async function openTestLedger(options: Partial<DatabaseOptions> = {}): Promise<TestLedger> {
  const tables = isolatedTables(['users', 'ledger', 'orders', 'inventory'], 'audit');
  const connection: DatabaseOptions = {
    ...testConnection(),
    tables,
    sleep: async () => undefined,
    ...options,
  };
  const database = createDatabase(connection);
  const { reader, ids } = database;
  const shapes = [usersTableShape, ledgerTableShape, ordersTableShape, inventoryTableShape];
  await ensureTables(database, withoutStreams(shapes));

  const trade = async (
    owner: string,
    {
      orderType = 'MARKET_BUY',
      feeBps,
      feeMinor,
    }: { readonly orderType?: Order['orderType'] | undefined; readonly feeBps?: number; readonly feeMinor?: bigint },
  ): Promise<Order> => {
    const orderId = randomUUID();
    const side = sideOf(orderType);
    const transactionId = await ledger.move({
      owner,
      transactionType: 'ORDER_PAYMENT',
      orderId,
      postings: paymentPostings({
        side,
        cash: { code: 'USD', amountMinor: 2_000n, scale: 2 },
        asset: { code: 'AAPL', amountMinor: 2n, scale: 0 },
        feeMinor: feeMinor,
      }),
      ...(feeMinor && { feeMinor }),
      fill: { priceMinor: 1_000n, priceScale: 2, quantityMinor: 2n, quantityScale: 0, side },
    });
    const fill = makeFill({ transactionId, priceMinor: 1_000n, quantityMinor: 2n, notionalMinor: 2_000n });
    const fills = [{ ...fill, ...(feeMinor && { feeMinor }) }];

    return await ledger.putOrder(
      makeOrder({ orderId, owner, orderType, quantityMinor: 2n, ...(feeBps && { feeBps }), fills }),
    );
  };

  const ledger: TestLedger = {
    database,
    connection,
    tables,
    put: async (table, item) => {
      await reader.send(new PutCommand({ TableName: tables[table], Item: item }));
    },
    change: async (table, key, change) => {
      for (const [name, value] of Object.entries(change))
        await setAttribute(database, tables[table], { key, name, value });
    },
    remove: async (table, key) => {
      await reader.send(new DeleteCommand({ TableName: tables[table], Key: { ...key } }));
    },
    register: async (owner) => {
      const user = makeUser({ username: owner, email: `${owner}@example.com` });
      const claim = { email: user.email, username: owner, createdAt: user.createdAt };
      await ledger.put('users', toUserItem(user, { passwordHash, writeId: ids.ulid() }));
      await ledger.put('users', toEmailClaimItem({ ...claim, writeId: ids.ulid() }));
    },
    deposit: async (owner, amountMinor, code = 'USD') => {
      const { transaction } = await getBalanceDao(database).createTransaction({
        owner,
        transactionType: 'DEPOSIT',
        code,
        amountMinor,
      });
      return transaction.transactionId;
    },
    putEntry: async (entry) => {
      const full = completeEntry(entry, ids.ulid());
      await ledger.put('ledger', toTransactionItem(full, { writeId: ids.ulid() }));
      return full.transactionId;
    },
    putOrder: async (order) => {
      await ledger.put('orders', toOrderItem(order, { requestHash: 'hash', writeId: ids.ulid() }));
      return order;
    },
    move: async (entry, { opened = 0 } = {}) => {
      for (const posting of entry.postings)
        await addPosting(database, entry.owner, { table: tables.ledger, posting, opened });
      return await ledger.putEntry(entry);
    },
    trade: async (owner, orderType) => await trade(owner, { orderType }),
    tradeAtFee: async (owner, orderType) => await trade(owner, { orderType, feeBps: 25, feeMinor: 5n }),
    queue: async (owner) => {
      const orderId = randomUUID();
      const postings = holdPostings({ code: 'USD', amountMinor: 5_000n, scale: 2 });
      const holdTransactionId = await ledger.move(
        { owner, transactionType: 'ORDER_HOLD', orderId, postings },
        { opened: 1 },
      );

      return await ledger.putOrder(
        makeOrder({
          orderId,
          owner,
          orderType: 'LIMIT_BUY',
          status: 'QUEUED',
          quantityMinor: 5n,
          limitPriceMinor: 1_000n,
          heldMinor: 5_000n,
          holdTransactionId,
        }),
      );
    },
    hold: async (owner, orderType, amountMinor) => {
      const orderId = randomUUID();
      const held = sideOf(orderType) === 'BUY' ? { code: 'USD', scale: 2 } : { code: 'AAPL', scale: 0 };
      const postings = holdPostings({ ...held, amountMinor });
      const holdTransactionId = await ledger.move(
        { owner, transactionType: 'ORDER_HOLD', orderId, postings },
        { opened: 1 },
      );
      const order = { orderId, owner, orderType, status: 'QUEUED', heldMinor: amountMinor, holdTransactionId } as const;

      return await ledger.putOrder(makeOrder({ ...order, fills: [] }));
    },
    adjust: async (order, amountsMinor) => {
      const adjustments = [...(order.adjustments ?? [])];
      for (const amountMinor of amountsMinor) {
        const { owner, orderId } = order;
        const amount = { code: 'USD', amountMinor: amountMinor < 0n ? -amountMinor : amountMinor, scale: 2 };
        const transactionType = amountMinor < 0n ? 'ORDER_RELEASE' : 'ORDER_HOLD';
        const postings = amountMinor < 0n ? releasePostings(amount) : holdPostings(amount);
        const transactionId = await ledger.move({ owner, transactionType, orderId, postings });
        adjustments.push({ transactionId, transactionType });
      }
      const heldMinor = amountsMinor.reduce((sum, amountMinor) => sum + amountMinor, order.heldMinor);

      return await ledger.putOrder({ ...order, heldMinor, adjustments });
    },
    partlyFill: async (owner) => {
      const order = await ledger.queue(owner);
      const transactionId = await ledger.move({
        owner,
        transactionType: 'ORDER_PAYMENT',
        orderId: order.orderId,
        postings: [
          { code: 'USD', bucket: 'held', amountMinor: -2_000n, scale: 2 },
          { code: 'USD', bucket: 'available', amountMinor: 200n, scale: 2 },
          { code: 'AAPL', bucket: 'available', amountMinor: 2n, scale: 0 },
        ],
        fill: { priceMinor: 900n, priceScale: 2, quantityMinor: 2n, quantityScale: 0, side: 'BUY' },
      });
      const fills = [makeFill({ transactionId, priceMinor: 900n, quantityMinor: 2n, notionalMinor: 1_800n })];

      return await ledger.putOrder({ ...order, status: 'PROCESSING', heldMinor: 3_000n, fills });
    },
    refund: async (owner) => {
      const order = await ledger.trade(owner);
      const refundTransactionId = await ledger.move({
        owner,
        transactionType: 'ORDER_REFUND',
        orderId: order.orderId,
        postings: [
          { code: 'USD', bucket: 'available', amountMinor: 2_000n, scale: 2 },
          { code: 'AAPL', bucket: 'available', amountMinor: -2n, scale: 0 },
        ],
      });

      return await ledger.putOrder({ ...order, refundTransactionId });
    },
    cancel: async (owner) => {
      const order = await ledger.queue(owner);
      const { orderId } = order;
      const postings = releasePostings({ code: 'USD', amountMinor: 5_000n, scale: 2 });
      const releaseTransactionId = await ledger.move(
        { owner, transactionType: 'ORDER_RELEASE', orderId, postings },
        { opened: -1 },
      );

      return await ledger.putOrder({ ...order, status: 'CANCELLED', heldMinor: 0n, releaseTransactionId });
    },
    clear: async () => {
      await Promise.all(shapes.map(({ name }) => deleteItems(database, database.tableName(name))));
    },
    close: async () => {
      await deleteTables(database, shapes);
      database.close();
    },
  };
  return ledger;
}

/** Tables of tests are small: one page is all. */
async function deleteItems({ reader }: Database, TableName: string): Promise<void> {
  const { Items = [] } = await reader.send(new ScanCommand({ TableName, ProjectionExpression: 'pk, sk' }));
  await Promise.all(Items.map((Key) => reader.send(new DeleteCommand({ TableName, Key }))));
}

/** An entry made whole: by default a completed deposit. */
function completeEntry(
  entry: Partial<BalanceTransaction> & Pick<BalanceTransaction, 'owner' | 'postings'>,
  transactionId: string,
): BalanceTransaction {
  const at = '2026-01-05T09:30:00.000Z';

  return { transactionId, transactionType: 'DEPOSIT', status: 'COMPLETED', createdAt: at, updatedAt: at, ...entry };
}

async function setAttribute(
  { reader }: Database,
  TableName: string,
  { key, name, value }: { readonly key: ItemKey; readonly name: string; readonly value: unknown },
): Promise<void> {
  await reader.send(
    new UpdateCommand({
      TableName,
      Key: { ...key },
      UpdateExpression: value === undefined ? 'REMOVE #name' : 'SET #name = :value',
      ExpressionAttributeNames: { '#name': name },
      ...(value !== undefined && { ExpressionAttributeValues: { ':value': value } }),
    }),
  );
}

async function addPosting(
  { reader }: Database,
  owner: string,
  { table, posting, opened }: { readonly table: string; readonly posting: Posting; readonly opened: number },
): Promise<void> {
  const { code, bucket, amountMinor, scale } = posting;
  const isCounted = opened !== 0 && bucket === 'held';

  await reader.send(
    new UpdateCommand({
      TableName: table,
      Key: { ...balanceKey(owner, code) },
      UpdateExpression:
        'SET #scale = :scale, schemaVersion = :one, createdAt = :at, updatedAt = :at ADD #amount :amount, #version :one' +
        (isCounted ? ', openOrders :opened' : ''),
      ExpressionAttributeNames: { '#scale': 'scale', '#amount': `${bucket}Minor`, '#version': 'version' },
      ExpressionAttributeValues: {
        ':scale': scale,
        ':one': 1,
        ':amount': amountMinor,
        ':at': '2026-01-05T09:30:00.000Z',
        ...(isCounted && { ':opened': opened }),
      },
    }),
  );
}

export { balanceKey, orderKey, transactionKey };
