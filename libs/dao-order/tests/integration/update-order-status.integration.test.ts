import { OrderStatus } from '@cnop/entities-order';
import { after, landLate, loseRequest, loseResponse, refusalOf, runParallel } from '@cnop/testing';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { orders } = store;

const allowed: Partial<Record<OrderStatus, readonly OrderStatus[]>> = {
  PENDING: ['CONFIRMED', 'CANCELLED', 'FAILED', 'EXPIRED'],
  CONFIRMED: ['CANCELLED', 'FAILED', 'EXPIRED'],
};
const targets: readonly OrderStatus[] = ['CONFIRMED', 'CANCELLED', 'FAILED', 'EXPIRED'];
const terminal: readonly OrderStatus[] = ['COMPLETED', 'CANCELLED', 'FAILED', 'EXPIRED'];
const pairs = Object.values(OrderStatus).flatMap((from) => Object.values(OrderStatus).map((to) => ({ from, to })));
const isAllowed = ({ from, to }: (typeof pairs)[number]) => allowed[from]?.includes(to) ?? false;
const isReplay = ({ from, to }: (typeof pairs)[number]) => from === to && targets.includes(to);

describe('OrderDao.updateOrderStatus', () => {
  it.each(pairs.filter(isAllowed))('moves an order from $from to $to', async ({ from, to }) => {
    const order = await store.seed({ status: from });
    store.clock.advance(1_000);

    const answer = await orders.updateOrderStatus({ orderId: order.orderId, status: to });

    const updatedAt = store.clock.now().toISOString();
    expect(answer).toEqual({ order: { ...order, status: to, updatedAt, version: 2 }, replayed: false });
    expect(await orders.getOrder(order.orderId)).toEqual(answer.order);
  });

  it.each(pairs.filter(isReplay))('takes $to of an order that is $from for a replay', async ({ from, to }) => {
    const order = await store.seed({ status: from });

    const answer = await orders.updateOrderStatus({ orderId: order.orderId, status: to });

    expect(answer).toEqual({ order, replayed: true });
  });

  it.each(pairs.filter((pair) => !isAllowed(pair) && !isReplay(pair)))(
    'refuses to move an order from $from to $to',
    async ({ from, to }) => {
      const order = await store.seed({ status: from });
      const { orderId } = order;

      const { code, details } = await refusalOf(orders.updateOrderStatus({ orderId, status: to }));

      expect({ code, details }).toEqual(
        to === 'CANCELLED' && terminal.includes(from)
          ? { code: 'ORDER_NOT_CANCELLABLE', details: { orderId, status: from } }
          : { code: 'ORDER_TRANSITION_ILLEGAL', details: { orderId, from, to } },
      );
      expect(await orders.getOrder(orderId)).toEqual(order);
    },
  );

  it.each(['PENDING', 'CONFIRMED'] as const)('strands no hold of an order that is %s', async (from) => {
    const order = await store.seed({ status: from, heldMinor: 1n });
    const { orderId } = order;

    const refusal = await refusalOf(orders.updateOrderStatus({ orderId, status: 'CANCELLED' }));

    expect(refusal).toMatchObject({ code: 'ORDER_TRANSITION_ILLEGAL', details: { orderId, from, to: 'CANCELLED' } });
    expect(await orders.getOrder(orderId)).toEqual(order);
  });

  it('moves the order to the list of its new status, at the time it was created', async () => {
    const { orderId, owner, createdAt } = await store.seed({ status: 'PENDING' });
    store.clock.advance(60_000);

    await orders.updateOrderStatus({ orderId, status: 'EXPIRED' });

    expect((await orders.getOrdersByUserAndStatus({ owner, status: 'PENDING' })).items).toEqual([]);
    expect((await orders.getOrdersByUserAndStatus({ owner, status: 'EXPIRED' })).items).toMatchObject([{ orderId }]);
    expect(await store.readRaw(orderId)).toMatchObject({ createdAt, statusCreatedAt: `EXPIRED#${createdAt}` });
  });

  it('refuses an order that does not exist', async () => {
    const orderId = '0190f1d4-5c3e-7a10-8b2f-3d6c1e5a9b70';

    const refusal = await refusalOf(orders.updateOrderStatus({ orderId, status: 'CANCELLED' }));

    expect(refusal).toMatchObject({ code: 'ORDER_NOT_FOUND', details: { orderId } });
    expect(await store.readRaw(orderId)).toBeUndefined();
  });

  it('makes one transition of 16 parallel calls for one status', async () => {
    const { orderId } = await store.seed({ status: 'PENDING' });

    const { answers, codes } = await runParallel(16, () => orders.updateOrderStatus({ orderId, status: 'CANCELLED' }));

    expect(codes).toEqual([]);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await orders.getOrder(orderId)).toMatchObject({ status: 'CANCELLED', version: 2 });
  });

  it('lets one of 16 parallel calls for two statuses win', async () => {
    const { orderId } = await store.seed({ status: 'CONFIRMED' });

    const { answers, codes } = await runParallel(16, (index) =>
      orders.updateOrderStatus({ orderId, status: index % 2 === 0 ? 'CANCELLED' : 'EXPIRED' }),
    );

    const { status, version } = await orders.getOrder(orderId);
    expect(version).toBe(2);
    expect(answers).toHaveLength(8);
    expect(answers.every(({ order }) => order.status === status)).toBe(true);
    expect(new Set(codes)).toEqual(
      new Set([status === 'CANCELLED' ? 'ORDER_TRANSITION_ILLEGAL' : 'ORDER_NOT_CANCELLABLE']),
    );
  });
});

describe('OrderDao.updateOrderStatus under faults', () => {
  const arrange = async () => {
    const { orderId } = await store.seed({ status: 'PENDING' });
    const move = (status: OrderStatus) => ({ orderId, status });

    return { orderId, move, ...store.faulty(2) };
  };

  it('knows its own transition when the answer was lost', async () => {
    const { http, orders: faulty, move } = await arrange();
    http.script('UpdateItem', loseResponse());

    const answer = await faulty.updateOrderStatus(move('CANCELLED'));

    expect(answer).toMatchObject({ replayed: false, order: { status: 'CANCELLED', version: 2 } });
  });

  it('does not call refused a confirmation that took effect and was overtaken', async () => {
    const { http, orders: faulty, move, orderId } = await arrange();
    http.script(
      'UpdateItem',
      loseResponse(),
      after(() => orders.updateOrderStatus(move('CANCELLED'))),
    );

    const refusal = await refusalOf(faulty.updateOrderStatus(move('CONFIRMED')));

    expect(refusal).toMatchObject({ code: 'OUTCOME_UNKNOWN', details: { operation: 'updateOrderStatus', orderId } });
  });

  it('refuses for certain what no order comes back from', async () => {
    const { http, orders: faulty, move } = await arrange();
    const late = landLate();
    http.script(
      'UpdateItem',
      late,
      after(() => orders.updateOrderStatus(move('EXPIRED'))),
    );

    const refusal = await refusalOf(faulty.updateOrderStatus(move('CANCELLED')));
    await late.release();

    expect(refusal.code).toBe('ORDER_NOT_CANCELLABLE');
    expect(await orders.getOrder(move('EXPIRED').orderId)).toMatchObject({ status: 'EXPIRED', version: 2 });
  });

  it('takes its own overtaken note change for no refusal', async () => {
    const { http, orders: faulty, move, orderId } = await arrange();
    http.script(
      'UpdateItem',
      loseResponse(),
      after(() => orders.updateOrder({ orderId, expectedVersion: 2, changes: { note: 'late' } })),
    );

    const answer = await faulty.updateOrderStatus(move('CANCELLED'));

    expect(answer).toMatchObject({ replayed: true, order: { status: 'CANCELLED', note: 'late' } });
  });

  it('does not refuse for certain what an earlier attempt may yet do', async () => {
    const { orderId } = await store.seed({ status: 'CONFIRMED', heldMinor: 1n });
    const { http, orders: faulty } = store.faulty(2);
    http.script('UpdateItem', loseRequest());

    const refusal = await refusalOf(faulty.updateOrderStatus({ orderId, status: 'CANCELLED' }));

    expect(refusal.code).toBe('OUTCOME_UNKNOWN');
  });

  it('is unknown when every answer is lost', async () => {
    const { http, orders: faulty, move, orderId } = await arrange();
    http.script('UpdateItem', loseRequest(), loseRequest());

    const { code, details } = await refusalOf(faulty.updateOrderStatus(move('CANCELLED')));

    expect({ code, details }).toEqual({
      code: 'OUTCOME_UNKNOWN',
      details: { operation: 'updateOrderStatus', orderId },
    });
  });
});
