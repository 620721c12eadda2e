import { OrderDao } from '@cnop/dao-order';
import { orderIdFor, orderRequestHash } from '@cnop/entities-order';
import { after, loseRequest, loseResponse, refusalOf, runParallel } from '@cnop/testing';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { orders } = store;

describe('OrderDao.createOrder', () => {
  it('stores the draft as a PENDING order that holds nothing', async () => {
    const draft = store.freshDraft({ note: 'first', metadata: { 'desk.no': '4' }, maxPriceMinor: 10n ** 20n });

    const { order, replayed } = await orders.createOrder(draft);

    expect(replayed).toBe(false);
    expect(order).toEqual({
      ...draft,
      orderId: order.orderId,
      status: 'PENDING',
      fills: [],
      heldMinor: 0n,
      createdAt: '2026-01-05T09:30:00.000Z',
      updatedAt: '2026-01-05T09:30:00.000Z',
      version: 1,
    });
    expect(await orders.getOrder(order.orderId)).toEqual(order);
    expect(await store.readRaw(order.orderId)).toMatchObject({
      requestHash: orderRequestHash(draft.owner, draft, 'createOrder'),
    });
  });

  it('gives every order without a client order id an id of its own', async () => {
    const draft = store.freshDraft();

    const { answers } = await runParallel(8, () => orders.createOrder(draft));

    expect(new Set(answers.map(({ order }) => order.orderId)).size).toBe(8);
    expect(answers.every(({ replayed }) => !replayed)).toBe(true);
  });

  it('takes an order of another call under a drawn id for no repeat', async () => {
    const draft = store.freshDraft();
    const { order } = await orders.createOrder(draft);
    const ids = { ulid: () => store.database.ids.ulid(), uuid: () => order.orderId };
    const colliding = new OrderDao({ database: { ...store.database, ids } });

    await expect(colliding.createOrder(draft)).rejects.toThrow('An order with a fresh id exists already.');
    await expect(colliding.createOrder({ ...draft, quantityMinor: 11n })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    expect(await orders.getOrder(order.orderId)).toEqual(order);
  });

  it('answers a repeat under one client order id with the order as it now stands', async () => {
    const draft = store.freshDraft({ clientOrderId: 'a-1', note: 'by phone', metadata: { desk: 'north' } });
    const { order } = await orders.createOrder(draft);
    const cancelled = await orders.updateOrderStatus({ orderId: order.orderId, status: 'CANCELLED' });

    const repeat = await orders.createOrder({ ...draft, metadata: { desk: 'north' } });

    expect(order.orderId).toBe(orderIdFor(draft.owner, 'a-1'));
    expect(repeat).toEqual({ order: cancelled.order, replayed: true });
  });

  it.each([
    { quantityMinor: 11n },
    { assetId: 'MSFT' },
    { maxPriceMinor: 1n },
    { orderType: 'MARKET_SELL' as const },
    { note: 'another' },
    { metadata: { desk: 'south' } },
  ])('refuses another request under the same client order id: %p', async (change) => {
    const draft = store.freshDraft({ clientOrderId: 'a-1' });
    await orders.createOrder(draft);

    const refusal = await refusalOf(orders.createOrder({ ...draft, ...change }));

    expect(refusal.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('makes one order of 32 parallel requests under one client order id, and 32 equal answers', async () => {
    const draft = store.freshDraft({ clientOrderId: 'race' });

    const { answers, codes } = await runParallel(32, () => orders.createOrder(draft));

    expect(codes).toEqual([]);
    expect(new Set(answers.map(({ order }) => JSON.stringify(order, textOfBigint))).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect((await orders.getOrdersByUser({ owner: draft.owner })).items).toHaveLength(1);
  });

  it('keeps users with the same client order id apart', async () => {
    const one = await orders.createOrder(store.freshDraft({ clientOrderId: 'same' }));
    const other = await orders.createOrder(store.freshDraft({ clientOrderId: 'same' }));

    expect(other.replayed).toBe(false);
    expect(other.order.orderId).not.toBe(one.order.orderId);
  });

  it.each(['#', 'a#ORDER', 'ORDER#0190f1d4-5c3e-7a10-8b2f-3d6c1e5a9b70', '../x', '\u{7e}'.repeat(64)])(
    'makes a plain id of any client order id: %p',
    async (clientOrderId) => {
      const { order } = await orders.createOrder(store.freshDraft({ clientOrderId }));

      expect(order.orderId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(await orders.getOrder(order.orderId)).toMatchObject({ clientOrderId });
    },
  );

  it.each([
    { owner: 'alice#USER' },
    { assetId: 'AAPL#' },
    { assetId: 'USD' },
    { clientOrderId: 'with space' },
    { limitPriceMinor: 1n },
    { quantityMinor: 0n },
    { status: 'COMPLETED' },
    { heldMinor: 5n },
  ])('refuses a draft with %p', async (wrong) => {
    const refusal = await refusalOf(orders.createOrder(store.freshDraft(wrong)));

    expect(refusal.code).toBe('VALIDATION_FAILED');
  });
});

describe('OrderDao.createOrder under faults', () => {
  it.each([undefined, 'a-1'])('knows its own order when the answer was lost (client order id %p)', async (name) => {
    const { http, orders: faulty } = store.faulty();
    const draft = store.freshDraft({ clientOrderId: name });
    http.script('PutItem', loseResponse());

    const { order, replayed } = await faulty.createOrder(draft);

    expect(replayed).toBe(false);
    expect(await orders.getOrder(order.orderId)).toEqual(order);
    expect(http.calls.map(({ target }) => target)).toEqual(['PutItem', 'PutItem']);
  });

  it('takes an order that was moved on after a lost answer for its own', async () => {
    const { http, orders: faulty } = store.faulty();
    const draft = store.freshDraft();
    const cancelIt = async () => {
      const { items } = await orders.getOrdersByUser({ owner: draft.owner });
      await orders.updateOrderStatus({ orderId: items[0]!.orderId, status: 'CANCELLED' });
    };
    http.script('PutItem', loseResponse(), after(cancelIt));

    const { order, replayed } = await faulty.createOrder(draft);

    expect(replayed).toBe(false);
    expect(order.status).toBe('CANCELLED');
  });

  it('reports an unknown outcome when every attempt was lost, and the same key may be tried again', async () => {
    const { http, orders: faulty } = store.faulty(2);
    const draft = store.freshDraft({ clientOrderId: 'lost' });
    http.script('PutItem', loseRequest(), loseRequest());

    const refusal = await refusalOf(faulty.createOrder(draft));
    const retried = await faulty.createOrder(draft);

    expect(refusal).toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      details: { operation: 'createOrder', orderId: retried.order.orderId },
    });
    expect(retried.replayed).toBe(false);
  });
});

const textOfBigint = (_key: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value);
