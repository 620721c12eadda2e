import { createHash } from 'node:crypto';
import { readItem, type RawItem } from '@cnop/database-core';
import { orderIdFor } from '@cnop/entities-order';
import { orderKey } from '@cnop/entities-order/table';
import { makeOrderDraft } from '@cnop/entities-order/testing';
import { claimKey } from '@cnop/entities-ledger/table';
import { userItemExtras, userKey } from '@cnop/entities-user/table';
import { makeUserCreate } from '@cnop/entities-user/testing';
import {
  after,
  cancelTransaction,
  type Fault,
  forgetToken,
  loseResponse,
  refusalOf,
  type CallRecord,
} from '@cnop/testing';
import type { PlaceOrder } from '../../src/index.ts';
import { useTestMarket } from '../support/test-market.ts';

const market = useTestMarket();
const { balances, clock, database, flow, orders, prices, users } = market;

const buy = (owner: string, rest: object = {}): PlaceOrder => ({
  owner,
  order: { orderType: 'MARKET_BUY', assetId: 'AAPL', quantity: '1', clientOrderId: 'a-1', ...rest },
});
const unnamed = { clientOrderId: undefined };
const itemAt = (table: string, key: { pk: string; sk: string }): Promise<RawItem | undefined> =>
  readItem(database, { tableName: database.tableName(table), key: { ...key } });
const operationsOf = (calls: readonly CallRecord[]) => calls.map(({ target }) => target);

interface SentTransaction {
  readonly TransactItems: readonly { readonly Put?: { readonly Item: { readonly sk: { readonly S: string } } } }[];
}

const transactionsOf = (bodies: readonly string[]) => bodies.map((body) => JSON.parse(body) as SentTransaction);

beforeEach(() => {
  clock.set('2026-01-05T09:30:00.000Z');
  prices.set({ priceMinor: 1_000n });
});

describe('guard', () => {
  it('an order’s id is UUIDv5 of user and client order id', async () => {
    const owner = await market.trader({ usd: 1_000n });

    const { order } = await flow.placeOrder(buy(owner));

    expect(order.orderId).toBe(orderIdFor(owner, 'a-1'));
    expect(order.orderId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/);
  });

  it('an order’s id is UUIDv7, drawn once, when the client names none', async () => {
    const owner = await market.trader({ usd: 1_000n });
    const { flow: faulty, http } = market.connect();
    http.script('TransactWriteItems', cancelTransaction('TransactionConflict', 'None', 'None', 'None'));

    const { order } = await faulty.placeOrder(buy(owner, unnamed));

    const ids = http.bodiesOf('TransactWriteItems').map((body) => /ORDER#([0-9a-f-]+)/.exec(body)?.[1]);
    expect(order.orderId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(ids).toEqual([order.orderId, order.orderId]);
  });

  it('the order item’s attribute_not_exists is the guard, and every journal put carries it too', async () => {
    const owner = await market.trader({ usd: 1_000n });
    const process = market.connect();

    const { order } = await process.flow.placeOrder(buy(owner));
    await process.flow.refundOrder({ orderId: order.orderId });
    await process.balances.createTransaction({ owner, transactionType: 'DEPOSIT', code: 'USD', amountMinor: 1n });

    const puts = transactionsOf(process.http.bodiesOf('TransactWriteItems'))
      .flatMap(({ TransactItems }) => TransactItems)
      .flatMap(({ Put }) => (Put ? [Put] : []));
    expect(puts.map(({ Item }) => Item.sk.S.split('#')[0])).toEqual(['ORDER', 'TXN', 'TXN', 'TXN']);
    for (const put of puts)
      expect(put).toHaveProperty('ConditionExpression', expect.stringMatching(/^attribute_not_exists/));
  });

  it('never expires', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const { order } = await flow.placeOrder(buy(owner));

    clock.set('2046-01-05T09:30:00.000Z');
    prices.set({ priceMinor: 1_000n, priceAsOf: '2046-01-05T09:30:00.000Z' });

    await expect(market.connect().flow.placeOrder(buy(owner))).resolves.toStrictEqual({ order, replayed: true });
  });

  it('costs nothing extra: with a client order id and without, one request of four items', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const { flow: counted, http } = market.connect();

    await counted.placeOrder(buy(owner));
    await counted.placeOrder(buy(owner, unnamed));

    expect(operationsOf(http.calls)).toEqual(['TransactWriteItems', 'TransactWriteItems']);
    const transactions = transactionsOf(http.bodiesOf('TransactWriteItems'));
    expect(transactions.map(({ TransactItems }) => TransactItems.length)).toEqual([4, 4]);
  });

  it.each([
    ['deposit', 'DEPOSIT', 1n],
    ['withdrawal', 'WITHDRAW', 1n],
    ['adjustment', 'SYSTEM_ADJUSTMENT', -1n],
  ] as const)('a %s with a key writes a claim in the same transaction', async (_, transactionType, amountMinor) => {
    const owner = await market.trader({ usd: 10n });
    const process = market.connect();

    const { transaction } = await process.balances.createTransaction({
      owner,
      transactionType,
      code: 'USD',
      amountMinor,
      idempotencyKey: 'k-1',
      actor: 'admin',
    });

    expect(operationsOf(process.http.calls)).toEqual(['TransactWriteItems']);
    await expect(itemAt('ledger', claimKey(owner, 'admin', 'k-1'))).resolves.toMatchObject({
      sk: 'KEY#admin#k-1',
      transactionId: transaction.transactionId,
      status: 'ACCEPTED',
    });
  });

  it.each(['!', '~', 'a'.repeat(64), '#', 'KEY#admin#k-1'])(
    'a key is 1–64 characters of 0x21–0x7E: %j',
    async (key) => {
      const owner = await market.trader({ usd: 10_000n });

      const { order } = await flow.placeOrder(buy(owner, { clientOrderId: key }));
      const repeat = await flow.placeOrder({ ...buy(owner, unnamed), idempotencyKey: key });

      expect(repeat).toStrictEqual({ order, replayed: true });
    },
  );

  it.each(['', 'a'.repeat(65), 'a b', 'a\n', 'ä', '\x7F', '\x20'])('a key is nothing else: %j', async (key) => {
    const owner = await market.trader({ usd: 10_000n });

    const asId = await refusalOf(flow.placeOrder(buy(owner, { clientOrderId: key })));
    const asKey = await refusalOf(flow.placeOrder({ ...buy(owner, unnamed), idempotencyKey: key }));

    expect([asId, asKey]).toMatchObject([
      { code: 'VALIDATION_FAILED', details: { issues: [{ pointer: '/order/clientOrderId' }] } },
      { code: 'VALIDATION_FAILED', details: { issues: [{ pointer: '/idempotencyKey' }] } },
    ]);
  });

  it('the idempotency key of an order is its client order id, and both present but different is an error', async () => {
    const owner = await market.trader({ usd: 10_000n });

    const { order } = await flow.placeOrder({ ...buy(owner, unnamed), idempotencyKey: 'k-1' });
    const refusal = await refusalOf(flow.placeOrder({ ...buy(owner), idempotencyKey: 'k-1' }));

    expect(order).toMatchObject({ clientOrderId: 'k-1', orderId: orderIdFor(owner, 'k-1') });
    expect(refusal.code).toBe('VALIDATION_FAILED');
  });
});

describe('fingerprint', () => {
  it('guard items store the SHA-256 over the operation and its normalised body, in minor units', async () => {
    const owner = await market.trader({ usd: 10_000n });

    const { order } = await flow.placeOrder(buy(owner, { maxPrice: '11.0' }));
    await balances.createTransaction({
      owner,
      transactionType: 'DEPOSIT',
      code: 'USD',
      amountMinor: 1n,
      idempotencyKey: 'k-1',
    });

    const hash = /^[\w-]{43}$/;
    const guard = await itemAt('orders', orderKey(order.orderId));
    expect(guard).toMatchObject({ requestHash: expect.stringMatching(hash) as string });
    await expect(itemAt('ledger', claimKey(owner, owner, 'k-1'))).resolves.toMatchObject({
      requestHash: expect.stringMatching(hash) as string,
    });
    expect(Buffer.from(String(guard?.['requestHash']), 'base64url')).toHaveLength(createHash('sha256').digest().length);
  });

  it('"1" and "1.0" are one', async () => {
    prices.set({ asset: { assetId: 'DECI', decimals: 1 }, priceMinor: 1_000n });
    const owner = await market.trader({ usd: 10_000n });
    const { order } = await flow.placeOrder(buy(owner, { assetId: 'DECI', quantity: '1' }));

    const repeat = await flow.placeOrder(buy(owner, { assetId: 'DECI', quantity: '1.0' }));

    expect(repeat).toStrictEqual({ order, replayed: true });
  });

  it('same key, other hash: IDEMPOTENCY_KEY_REUSED', async () => {
    const owner = await market.trader({ usd: 10_000n });
    await flow.placeOrder(buy(owner));

    await expect(refusalOf(flow.placeOrder(buy(owner, { quantity: '2' })))).resolves.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
  });

  it('an order that was only stored is no replay of one to be executed, and the other way round', async () => {
    const owner = await market.trader({ usd: 5_000n });
    const draft = makeOrderDraft({
      owner,
      orderType: 'MARKET_BUY',
      assetId: 'AAPL',
      quantityMinor: 1n,
      quantityScale: 0,
      priceScale: 2,
      currencyScale: 2,
      currency: 'USD',
      limitPriceMinor: undefined,
    });
    await orders.createOrder({ ...draft, clientOrderId: 'a-1' });
    await flow.placeOrder(buy(owner, { clientOrderId: 'a-2' }));

    expect(await refusalOf(flow.placeOrder(buy(owner)))).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(await refusalOf(orders.createOrder({ ...draft, clientOrderId: 'a-2' }))).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
  });

  it('a repeat returns the resource as it now stands with replayed: true', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const { order } = await flow.placeOrder(buy(owner));
    const noted = await orders.updateOrder({ orderId: order.orderId, expectedVersion: 1, changes: { note: 'Mine.' } });

    await expect(flow.placeOrder(buy(owner))).resolves.toStrictEqual({ order: noted, replayed: true });
  });

  it('a plain refusal stores nothing; the key may be tried again', async () => {
    const owner = await market.trader({ usd: 999n });
    const items = await market.itemsOf(owner);

    await expect(refusalOf(flow.placeOrder(buy(owner)))).resolves.toMatchObject({ code: 'BALANCE_INSUFFICIENT' });
    await expect(market.itemsOf(owner)).resolves.toEqual(items);
    await market.deposit(owner, 1n);

    await expect(flow.placeOrder(buy(owner))).resolves.toMatchObject({ replayed: false });
  });
});

describe('reading a cancellation', () => {
  it('guard failed: replay or key reuse, without a further request', async () => {
    const owner = await market.trader({ usd: 10_000n });
    const { order } = await flow.placeOrder(buy(owner));
    const { flow: other, http } = market.connect();

    await expect(other.placeOrder(buy(owner))).resolves.toStrictEqual({ order, replayed: true });
    await expect(refusalOf(other.placeOrder(buy(owner, { quantity: '2' })))).resolves.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    expect(operationsOf(http.calls)).toEqual(['TransactWriteItems', 'TransactWriteItems']);
  });

  it('a replay may show two failed conditions, the order exists and the cash is spent: the guard speaks first', async () => {
    const owner = await market.trader({ usd: 1_000n });
    const { order } = await flow.placeOrder(buy(owner));

    await expect(flow.placeOrder(buy(owner))).resolves.toStrictEqual({ order, replayed: true });
    await expect(refusalOf(flow.placeOrder(buy(owner, { quantity: '2' })))).resolves.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
  });

  it.each([
    ['nothing', ['None', 'None', 'None']],
    ['a failed condition', ['None', 'ConditionalCheckFailed', 'None']],
    ['an invalid request', ['None', 'ValidationError', 'None']],
    ['a conflict and a throttle', ['TransactionConflict', 'None', 'ThrottlingError']],
  ])('guard in conflict: retry, whatever the other reasons say: %s', async (_, others) => {
    const owner = await market.trader({ usd: 10_000n });
    const { flow: faulty, http, waitsMs } = market.connect();
    http.script('TransactWriteItems', cancelTransaction('TransactionConflict', ...others));

    await expect(faulty.placeOrder(buy(owner))).resolves.toMatchObject({ replayed: false });
    expect(operationsOf(http.calls)).toEqual(['TransactWriteItems', 'TransactWriteItems']);
    expect(waitsMs).toHaveLength(1);
  });

  it.each([
    ['alone', cancelTransaction('None', 'None', 'ConditionalCheckFailed', 'None')],
    ['beside a conflict', cancelTransaction('None', 'None', 'ConditionalCheckFailed', 'TransactionConflict')],
    ['beside a throttle', cancelTransaction('None', 'ThrottlingError', 'ConditionalCheckFailed', 'None')],
  ])('another condition failed: refusal, at once: %s', async (_, fault) => {
    const owner = await market.trader({ usd: 10_000n });
    const { flow: faulty, http } = market.connect();
    http.script('TransactWriteItems', fault);

    const refusal = await refusalOf(faulty.placeOrder(buy(owner, unnamed)));

    expect(refusal.code).toBe('BALANCE_INSUFFICIENT');
    expect(operationsOf(http.calls)).toEqual(['TransactWriteItems']);
  });

  it.each([
    ['a conflict', ['None', 'None', 'TransactionConflict', 'None']],
    ['conflicts on both balances', ['None', 'None', 'TransactionConflict', 'TransactionConflict']],
    ['a throttle', ['None', 'ProvisionedThroughputExceeded', 'None', 'None']],
    ['conflicts and throttles', ['None', 'ThrottlingError', 'TransactionConflict', 'RequestLimitExceeded']],
  ])('only conflicts and throttles: retry: %s', async (_, reasons) => {
    const owner = await market.trader({ usd: 10_000n });
    const { flow: faulty, http } = market.connect();
    http.script('TransactWriteItems', cancelTransaction(...reasons), cancelTransaction(...reasons));

    await expect(faulty.placeOrder(buy(owner))).resolves.toMatchObject({ replayed: false });
    expect(http.calls).toHaveLength(3);
    await expect(market.available(owner)).resolves.toEqual({ USD: 9_000n, AAPL: 1n });
  });

  it('retries with capped full jitter', async () => {
    const conflict = cancelTransaction('TransactionConflict', 'None', 'None', 'None');
    const waitsAt = async (random: number): Promise<number[]> => {
      const owner = await market.trader({ usd: 10_000n });
      const retry = { maxAttempts: 8, baseDelayMs: 10, maxDelayMs: 100 };
      const { flow: faulty, http, waitsMs } = market.connect({ random: () => random, retry });
      http.script('TransactWriteItems', ...Array<Fault>(7).fill(conflict));
      await faulty.placeOrder(buy(owner));
      return waitsMs;
    };

    const [none, half] = [await waitsAt(0), await waitsAt(0.5)];

    expect(none).toEqual(Array(7).fill(0));
    expect(half).toEqual([5, 10, 20, 40, 50, 50, 50]);
  });

  const obstructions: Record<string, () => void> = {
    'the cash is spent': () => prices.set({ priceMinor: 1_000n }),
    'the asset is inactive': () => prices.set({ asset: { status: 'INACTIVE' } }),
    'the price is stale': () => clock.advance(60_001),
    'the cap is broken': () => prices.set({ priceMinor: 9_900n }),
  };

  it.each(Object.keys(obstructions))(
    'before a refusal under a client-named key the guard is read: %s',
    async (name) => {
      const owner = await market.trader({ usd: 1_000n });
      const request = buy(owner, { maxPrice: '10.00' });
      const { order } = await flow.placeOrder(request);
      obstructions[name]!();
      const { flow: other, http } = market.connect();
      // The transaction is refused for its own sake, and not because the guard's condition failed.
      http.script('TransactWriteItems', cancelTransaction('None', 'None', 'ConditionalCheckFailed', 'None'));

      await expect(other.placeOrder(request)).resolves.toStrictEqual({ order, replayed: true });
      expect(operationsOf(http.calls).at(-1)).toBe('TransactGetItems');
    },
  );

  it('the guard that is read may be of another request', async () => {
    const owner = await market.trader({ usd: 1_000n });
    await flow.placeOrder(buy(owner));
    const { flow: other, http } = market.connect();
    http.script('TransactWriteItems', cancelTransaction('None', 'None', 'ConditionalCheckFailed', 'None'));

    const refusal = await refusalOf(other.placeOrder(buy(owner, { quantity: '2' })));

    expect(refusal.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(operationsOf(http.calls)).toEqual(['TransactWriteItems', 'TransactGetItems']);
  });

  it('reads no guard before a refusal where the client names no key', async () => {
    const owner = await market.trader();
    const { flow: other, http } = market.connect();

    await refusalOf(other.placeOrder(buy(owner, unnamed)));
    await refusalOf(other.placeOrder(buy(owner, { ...unnamed, assetId: 'NONE' })));

    expect(operationsOf(http.calls)).toEqual(['TransactWriteItems']);
  });
});

describe('conditional writes without a guard', () => {
  const anotherChange = (orderId: string) => () =>
    orders.updateOrder({ orderId, expectedVersion: 2, changes: { note: 'Seen.' } });

  it('stamp a writeId, one per call', async () => {
    const owner = await market.trader();
    const { order } = await orders.createOrder(makeOrderDraft({ owner }));
    const born = await itemAt('orders', orderKey(order.orderId));

    await flow.cancelOrder({ orderId: order.orderId });
    const cancelled = await itemAt('orders', orderKey(order.orderId));
    await orders.updateOrder({ orderId: order.orderId, expectedVersion: 2, changes: { note: 'Seen.' } });
    const noted = await itemAt('orders', orderKey(order.orderId));

    expect(new Set([born, cancelled, noted].map((item) => item?.['writeId'])).size).toBe(3);
  });

  it('a cancel: a failed condition whose old item carries our writeId is our own success', async () => {
    const owner = await market.trader();
    const { order } = await orders.createOrder(makeOrderDraft({ owner }));
    const { flow: faulty, http } = market.connect();
    http.script('UpdateItem', loseResponse());

    const result = await faulty.cancelOrder({ orderId: order.orderId });

    expect(result).toMatchObject({ replayed: false, order: { status: 'CANCELLED', version: 2 } });
    expect(http.bodiesOf('UpdateItem')).toHaveLength(2);
  });

  it('a refund: the same, when the token of the transaction is forgotten', async () => {
    const owner = await market.trader({ usd: 1_000n });
    const { order } = await flow.placeOrder(buy(owner));
    const { flow: faulty, http } = market.connect();
    http.script('TransactWriteItems', loseResponse(), forgetToken());

    const result = await faulty.refundOrder({ orderId: order.orderId });

    expect(result).toMatchObject({ replayed: false, order: { version: 2 } });
    await expect(market.available(owner)).resolves.toEqual({ USD: 1_000n });
  });

  it('a refund: the same, when another caller has changed the order since', async () => {
    const owner = await market.trader({ usd: 1_000n });
    const { order } = await flow.placeOrder(buy(owner));
    const { flow: faulty, http } = market.connect();
    http.script('TransactWriteItems', loseResponse(), after(anotherChange(order.orderId), forgetToken()));

    const result = await faulty.refundOrder({ orderId: order.orderId });

    expect(result).toMatchObject({ replayed: false, order: { note: 'Seen.', version: 3 } });
    await expect(market.available(owner)).resolves.toEqual({ USD: 1_000n });
  });

  it('a settled deposit, a changed profile and a changed note: the same', async () => {
    const owner = await market.trader({ usd: 1_000n });
    const { order } = await flow.placeOrder(buy(owner));
    const deposit = { owner, transactionType: 'DEPOSIT', code: 'USD', amountMinor: 5n, pending: true } as const;
    const { transaction } = await balances.createTransaction(deposit);
    const faulty = market.connect();
    faulty.http.script('TransactWriteItems', loseResponse(), forgetToken());
    faulty.http.script('UpdateItem', loseResponse(), forgetToken(), loseResponse());

    const { transactionId } = transaction;
    const settled = await faulty.balances.updateTransactionStatus({ owner, transactionId, status: 'COMPLETED' });
    const user = await faulty.users.updateUser({ username: owner, expectedVersion: 1, changes: { firstName: 'Ada' } });
    const changes = { note: 'Seen.' };
    const noted = await faulty.orders.updateOrder({ orderId: order.orderId, expectedVersion: 1, changes });

    expect(settled).toMatchObject({ replayed: false, transaction: { status: 'COMPLETED' } });
    expect(user).toMatchObject({ firstName: 'Ada', version: 2 });
    expect(noted).toMatchObject({ note: 'Seen.', version: 2 });
    await expect(market.available(owner)).resolves.toEqual({ USD: 5n, AAPL: 1n });
  });

  it('a transition to the status an item already has is a replay', async () => {
    const owner = await market.trader();
    const { order } = await orders.createOrder(makeOrderDraft({ owner }));
    await flow.cancelOrder({ orderId: order.orderId });

    await expect(flow.cancelOrder({ orderId: order.orderId })).resolves.toMatchObject({ replayed: true });
  });

  it('from another terminal status it is ORDER_NOT_CANCELLABLE, TRANSACTION_NOT_PENDING and the like', async () => {
    const owner = await market.trader({ usd: 1_000n });
    const { order } = await flow.placeOrder(buy(owner));
    const { order: failed } = await orders.createOrder(makeOrderDraft({ owner }));
    await orders.updateOrderStatus({ orderId: failed.orderId, status: 'FAILED' });
    const [{ transactionId } = { transactionId: '' }] = await market.journal(owner);

    const refusals = await Promise.all([
      refusalOf(flow.cancelOrder({ orderId: order.orderId })),
      refusalOf(flow.cancelOrder({ orderId: failed.orderId })),
      refusalOf(balances.updateTransactionStatus({ owner, transactionId, status: 'CANCELLED' })),
      refusalOf(flow.refundOrder({ orderId: failed.orderId })),
    ]);

    expect(refusals.map(({ code }) => code)).toEqual([
      'ORDER_NOT_CANCELLABLE',
      'ORDER_NOT_CANCELLABLE',
      'TRANSACTION_NOT_PENDING',
      'ORDER_NOT_REFUNDABLE',
    ]);
  });

  it('createUser takes an optional idempotency key, kept with its hash on the profile', async () => {
    const create = makeUserCreate({ username: 'keyed-user', email: 'keyed@example.com' });

    const first = await users.createUser(create, { idempotencyKey: 'k-1' });
    const second = await users.createUser(create, { idempotencyKey: 'k-1' });
    const refusal = await refusalOf(users.createUser({ ...create, firstName: 'Other' }, { idempotencyKey: 'k-1' }));

    expect([first.replayed, second.replayed, refusal.code]).toEqual([false, true, 'IDEMPOTENCY_KEY_REUSED']);
    expect(userItemExtras((await itemAt('users', userKey('keyed-user')))!)).toMatchObject({
      createKey: 'k-1',
      createHash: expect.stringMatching(/^[\w-]{43}$/) as string,
    });
  });
});
