import { flatFee, isOpen, type Order } from '@cnop/entities-order';
import {
  after,
  everyCall,
  everyCallInTurn,
  forgetToken,
  loseRequest,
  loseResponse,
  runParallel,
  throttle,
} from '@cnop/testing';
import type { ExecuteOrder, OrderFlow, OrderResult, PlaceOrder } from '../../src/index.ts';
import { useTestExchange } from '../support/test-exchange.ts';

const exchange = useTestExchange({ feeSchedule: flatFee(25) });
const { flow, orders } = exchange;
let assetId: string;
let owner: string;

const place = async (terms: object = {}): Promise<Order> => {
  const order = { orderType: 'LIMIT_BUY', assetId, quantity: '10', limitPrice: '50', ...terms } as PlaceOrder['order'];
  return (await flow.placeOrder({ owner, order })).order;
};
const fill = ({ orderId }: Order, rest: Partial<ExecuteOrder> = {}, on: OrderFlow = flow) =>
  on.executeOrder({ orderId, venueFillId: 'f-1', quantity: '4', price: '49.501', ...rest });
const confirm = ({ orderId }: Order, on: OrderFlow = flow) => on.confirmEnd({ orderId });
const cancel = ({ orderId }: Order, on: OrderFlow = flow) => on.cancelOrder({ orderId });
const get = ({ orderId }: Order) => orders.getOrder(orderId);

beforeEach(async () => {
  exchange.clock.set('2026-03-02T14:30:00.000Z');
  assetId = await exchange.list({ execution: 'VENUE' });
  await exchange.tick(assetId, '55.000');
  owner = await exchange.trader({ EUR: '5000.00', [assetId]: '10' });
});

describe('what is reported at the same time', () => {
  it('is one fill where the id is the same, and the others are replays', async () => {
    const order = await place();

    const { answers, codes } = await runParallel(8, () => fill(order));

    expect(codes).toEqual([]);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    await expect(get(order)).resolves.toMatchObject({
      status: 'PROCESSING',
      version: 2,
      fills: [{ venueFillId: 'f-1' }],
    });
  });

  it('is one fill where the id is the same and the figures are not, and the others are refused', async () => {
    const order = await place();

    const { answers, codes } = await runParallel(4, (index) => fill(order, { quantity: `${index + 1}` }));

    expect(answers).toHaveLength(1);
    expect(codes).toEqual(Array(3).fill('IDEMPOTENCY_KEY_REUSED'));
  });

  it('fills no more than the order, whichever come first', async () => {
    const order = await place();

    const { answers, codes } = await runParallel(5, (index) => fill(order, { venueFillId: `f-${index}` }));

    expect(answers).toHaveLength(2);
    expect(codes).toEqual(Array(3).fill('FILL_EXCEEDS_ORDER'));
    await expect(get(order)).resolves.toMatchObject({
      fills: [{ quantityMinor: 4_000_000n }, { quantityMinor: 4_000_000n }],
    });
  });

  it('has one winner of a fill and the confirmation of the end', async () => {
    for (let round = 0; round < 8; round += 1) {
      const order = await place();

      const [filled, ended] = await Promise.allSettled([fill(order, { quantity: '10' }), confirm(order)]);

      const { status, heldMinor, fills } = await get(order);
      expect([filled.status, ended.status].toSorted()).toEqual(['fulfilled', 'rejected']);
      expect(status).toBe(filled.status === 'fulfilled' ? 'COMPLETED' : 'FAILED');
      expect([heldMinor, fills.length]).toEqual([0n, filled.status === 'fulfilled' ? 1 : 0]);
    }
  });

  it('takes a fill and a cancellation both, in either order', async () => {
    for (let round = 0; round < 8; round += 1) {
      const order = await place({ quantity: '4.1' });

      const { codes } = await runParallel<OrderResult>(2, (index) => (index === 0 ? fill(order) : cancel(order)));

      expect(codes).toEqual([]);
      await expect(get(order)).resolves.toMatchObject({
        ...{ status: 'PROCESSING', version: 3 },
        endRequested: { status: 'CANCELLED' },
        fills: [{ quantityMinor: 4_000_000n }],
      });
      await confirm(order);
    }
    await expect(exchange.holdings(owner)).resolves.toMatchObject({ EUR: { held: '0.00' } });
  });

  it('ends once where the end is confirmed repeatedly', async () => {
    const order = await place();
    await cancel(order);

    const { answers, codes } = await runParallel(6, () => confirm(order));

    expect(codes).toEqual([]);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
  });
});

describe('a report whose response is lost', () => {
  const reports: Record<string, { target: string; send: (order: Order, on: OrderFlow) => Promise<OrderResult> }> = {
    'a fill': { target: 'TransactWriteItems', send: (order, on) => fill(order, {}, on) },
    'the last fill': { target: 'TransactWriteItems', send: (order, on) => fill(order, { quantity: '10' }, on) },
    'the end': { target: 'TransactWriteItems', send: (order, on) => confirm(order, on) },
    'the request of the end': { target: 'UpdateItem', send: (order, on) => cancel(order, on) },
  };
  const rename = ({ orderId }: Order) =>
    after(async () => {
      const { version } = await orders.getOrder(orderId);
      await orders.updateOrder({ orderId, expectedVersion: version, changes: { note: 'seen' } });
    }, forgetToken());

  it.each(Object.entries(reports))('is carried out once: %s', async (_, { target, send }) => {
    const order = await place();
    const { flow: faulty, http } = exchange.connect();
    http.script(target, loseResponse(), forgetToken());

    await expect(send(order, faulty)).resolves.toMatchObject({ replayed: false, order: { version: 2 } });

    await expect(send(order, flow)).resolves.toMatchObject({ replayed: true, order: { version: 2 } });
  });

  it.each(Object.entries(reports).filter(([name]) => name !== 'the request of the end'))(
    'is known as its own, though the order has changed since: %s',
    async (_, { target, send }) => {
      const order = await place();
      const { flow: faulty, http } = exchange.connect();
      http.script(target, loseResponse(), rename(order));

      await expect(send(order, faulty)).resolves.toMatchObject({
        replayed: false,
        order: { version: 3, note: 'seen' },
      });
    },
  );

  it.each([
    ['a fill', 'executeOrder'],
    ['the end', 'confirmEnd'],
  ])('names what it was where it stays unknown: %s', async (name, operation) => {
    const order = await place();
    const { flow: faulty, http } = exchange.connect();
    http.use(everyCall(loseRequest(), { target: 'TransactWriteItems' }));

    await expect(reports[name]?.send(order, faulty)).rejects.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      details: { operation, orderId: order.orderId },
    });
  });

  it.each(['a fill', 'the end'])('is given up after ten changes of the order that came first: %s', async (name) => {
    const order = await place();
    const { flow: faulty, http } = exchange.connect();
    const change = async () => {
      const { orderId, version } = await get(order);
      await orders.updateOrder({ orderId, expectedVersion: version, changes: { note: `${version}` } });
    };
    http.use(everyCall(after(change), { target: 'TransactWriteItems' }));

    await expect(reports[name]?.send(order, faulty)).rejects.toMatchObject({
      code: 'CONTENTION',
      details: { attempts: 10 },
    });

    await expect(get(order)).resolves.toMatchObject({ status: 'QUEUED', version: 11 });
  });

  it.each(Object.entries(reports))('is carried out once under every fault of every call: %s', async (_, { send }) => {
    const faults = [loseResponse(), loseRequest(), throttle(), forgetToken()];

    for (const plan of faults.flatMap((fault) => everyCallInTurn(4, fault))) {
      const order = await place({ limitPrice: '10' });
      const { flow: faulty, http } = exchange.connect();
      http.use(plan);

      await send(order, faulty).catch(() => undefined);
      const { order: left } = await send(order, flow).catch(() => ({ order: undefined }));
      const stored = await get(order);

      expect(left === undefined || left.version === stored.version).toBe(true);
      expect(stored.version).toBeLessThanOrEqual(2);
      if (isOpen(stored.status)) await confirm(order);
    }
    await expect(exchange.holdings(owner)).resolves.toMatchObject({ EUR: { held: '0.00' } });
  });
});
