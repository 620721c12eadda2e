import { randomUUID } from 'node:crypto';
import { executeWrite, type Database, type WriteAction } from '@cnop/database-core';
import { OrderStatus, orderIdFor, orderRequestHash, type Order } from '@cnop/entities-order';
import { makeFill, makeOrder } from '@cnop/entities-order/testing';
import type { OrderDao } from '@cnop/dao-order';
import { defineErrors } from '@cnop/exceptions';
import { after, landLate, loseResponse, refusalOf, runParallel } from '@cnop/testing';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const TRANSACTION = 'TransactWriteItems';
const errors = defineErrors({
  ShortOfCashError: {
    code: 'CASH_SHORT',
    status: 422,
    title: 'The cash does not cover the order.',
    advice: 'Deposit first.',
  },
});
const shortOfCash = new errors.ShortOfCashError({});

/** What a flow does beside the order: an action on an item of its own, which passes or is refused. */
const action = (database: Database, passes: boolean): WriteAction => ({
  write: {
    ConditionCheck: {
      TableName: database.tableName('orders'),
      Key: { pk: 'nothing', sk: 'nothing' },
      ConditionExpression: passes ? 'attribute_not_exists(pk)' : 'attribute_exists(pk)',
    },
  },
  onConditionFailed: () => shortOfCash,
});

interface Placing {
  readonly orders: OrderDao;
  readonly database: Database;
  readonly passes?: boolean;
  /** Without the action, so that no client request token helps. */
  readonly alone?: boolean;
}

const place = (order: Order, { orders, database, passes = true, alone = false }: Placing) =>
  executeWrite(database, {
    operation: 'placeOrder',
    reference: { orderId: order.orderId },
    guard: orders.placeOrderGuard(order, {
      requestHash: orderRequestHash(order.owner, order),
      writeId: database.ids.ulid(),
      clientNamed: order.clientOrderId !== undefined,
    }),
    actions: alone ? [] : [action(database, passes)],
  });

const namedOrder = (overrides: Partial<Order> = {}) => {
  const owner = store.freshOwner();
  return makeOrder({ owner, clientOrderId: 'a-1', orderId: orderIdFor(owner, 'a-1'), ...overrides });
};

describe('OrderDao.placeOrderGuard', () => {
  it('puts the order with what else the transaction does, once', async () => {
    const order = namedOrder();

    const first = await place(order, store);
    const repeat = await place({ ...order, updatedAt: '2026-01-06T00:00:00.000Z' }, store);

    expect(first.replayed).toBe(false);
    expect(repeat.replayed).toBe(true);
    expect(await store.orders.getOrder(order.orderId)).toEqual(order);
  });

  it('lets a replay speak before a refusal', async () => {
    const order = namedOrder();
    await place(order, store);

    expect(await place(order, { ...store, passes: false })).toMatchObject({ replayed: true });
  });

  it('refuses another request under the same client order id', async () => {
    const order = namedOrder();
    await place(order, store);

    const refusal = await refusalOf(place({ ...order, quantityMinor: 11n }, store));

    expect(refusal.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('stores nothing of an order that is refused', async () => {
    const order = namedOrder();

    const refusal = await refusalOf(place(order, { ...store, passes: false }));

    expect(refusal).toBe(shortOfCash);
    expect(await store.readRaw(order.orderId)).toBeUndefined();
  });

  it('fences off an attempt that may be underway with the order as FAILED, and only then reports the refusal', async () => {
    const order = namedOrder({ holdTransactionId: makeFill().transactionId, heldMinor: 5n });
    const { http, ...faulty } = store.faulty();
    const late = landLate();
    http.script(TRANSACTION, late);

    const refusal = await refusalOf(place(order, { ...faulty, passes: false }));
    await late.release();

    expect(refusal).toBe(shortOfCash);
    expect(await store.orders.getOrder(order.orderId)).toEqual({
      ...order,
      status: 'FAILED',
      fills: [],
      heldMinor: 0n,
      holdTransactionId: undefined,
      endedAt: order.updatedAt,
      failureCode: 'CASH_SHORT',
    });
    expect(await store.readRaw(order.orderId)).not.toHaveProperty('holdTransactionId');
    expect(await place(order, store)).toMatchObject({ replayed: true, item: { status: 'FAILED' } });
  });

  it('takes its own order, changed since, for a replay when an earlier attempt took effect', async () => {
    const order = namedOrder();
    const { http, ...faulty } = store.faulty();
    http.script(
      'PutItem',
      loseResponse(),
      after(() => store.orders.updateOrder({ orderId: order.orderId, expectedVersion: 1, changes: { note: 'x' } })),
    );

    expect(await place(order, { ...faulty, alone: true })).toMatchObject({
      replayed: true,
      item: { status: 'COMPLETED', note: 'x' },
    });
  });
});

describe('OrderDao.refundOrderGuard', () => {
  const at = '2026-01-07T00:00:00.000Z';
  const refund = (order: Order, { orders, database, passes = true, alone = false }: Placing = store) => {
    const refundTransactionId = database.ids.ulid();
    const stamp = { refundTransactionId, writeId: database.ids.ulid(), at };

    return executeWrite(database, {
      operation: 'refundOrder',
      reference: { orderId: order.orderId },
      guard: orders.refundOrderGuard(order, stamp),
      actions: alone ? [] : [action(database, passes)],
    }).then((outcome) => ({ ...outcome, refundTransactionId }));
  };

  it('marks a completed order, once', async () => {
    const order = await store.seed();

    const first = await refund(order);
    const repeat = await refund(order);

    const { refundTransactionId } = first;
    expect(first.replayed).toBe(false);
    expect(repeat).toMatchObject({ replayed: true, item: { refundTransactionId } });
    expect(await store.orders.getOrder(order.orderId)).toEqual({
      ...order,
      refundTransactionId,
      updatedAt: at,
      version: 2,
    });
  });

  it('marks it once under 16 parallel refunds', async () => {
    const order = await store.seed();

    const { answers, codes } = await runParallel(16, () => refund(order));

    expect(codes).toEqual([]);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await store.orders.getOrder(order.orderId)).toMatchObject({ version: 2 });
  });

  it.each(Object.values(OrderStatus).filter((status) => status !== 'COMPLETED'))(
    'refuses an order that is %s',
    async (status) => {
      const order = await store.seed({ status });
      const { orderId } = order;

      const refusal = await refusalOf(refund(order));

      expect(refusal).toMatchObject({ code: 'ORDER_NOT_REFUNDABLE', details: { orderId, status } });
      expect(await store.orders.getOrder(orderId)).toEqual(order);
    },
  );

  it('refuses an order that does not exist', async () => {
    const order = makeOrder({ orderId: randomUUID() });

    const { code, details } = await refusalOf(refund(order));

    expect({ code, details }).toEqual({ code: 'ORDER_NOT_FOUND', details: { orderId: order.orderId } });
    expect(await store.readRaw(order.orderId)).toBeUndefined();
  });

  it('leaves the order as it is when the transaction is refused', async () => {
    const order = await store.seed();

    expect(await refusalOf(refund(order, { ...store, passes: false }))).toBe(shortOfCash);
    expect(await store.orders.getOrder(order.orderId)).toEqual(order);
  });

  it('takes its own refund for one that stands, whoever changed the order since', async () => {
    const order = await store.seed();
    const { http, ...faulty } = store.faulty();
    http.script(
      'UpdateItem',
      loseResponse(),
      after(() => store.orders.updateOrder({ orderId: order.orderId, expectedVersion: 2, changes: { note: 'x' } })),
    );

    const { replayed, item, refundTransactionId } = await refund(order, { ...faulty, alone: true });

    expect(replayed).toBe(true);
    expect(item).toMatchObject({ refundTransactionId });
  });

  it.each([
    ['QUEUED', 'OUTCOME_UNKNOWN', { operation: 'refundOrder' }],
    ['CANCELLED', 'ORDER_NOT_REFUNDABLE', { status: 'CANCELLED' }],
  ] as const)('after a lost attempt on an order that is %s answers %s', async (status, code, named) => {
    const order = await store.seed({ status });
    const { http, ...faulty } = store.faulty();
    http.script(TRANSACTION, landLate());

    const refusal = await refusalOf(refund(order, faulty));

    expect(refusal).toMatchObject({ code, details: { orderId: order.orderId, ...named } });
  });
});
