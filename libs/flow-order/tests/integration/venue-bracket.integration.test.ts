import { exitIdFor, flatFee, type Order } from '@cnop/entities-order';
import { runParallel } from '@cnop/testing';
import type { ExecuteOrder, PlaceOrder } from '../../src/index.ts';
import { setAside } from '../../src/standing/set-aside.ts';
import { useTestExchange } from '../support/test-exchange.ts';

const exchange = useTestExchange({ feeSchedule: flatFee(25) });
const { flow, orders, clock } = exchange;
let assetId: string;
let owner: string;

const bracket = async (exits: object = { takeProfitPrice: '70', stopPrice: '40' }): Promise<Order> => {
  const order = { orderType: 'LIMIT_BUY', assetId, quantity: '10', limitPrice: '50', exits } as PlaceOrder['order'];
  return (await flow.placeOrder({ owner, order })).order;
};
const fill = async (orderId: string, venueFillId: string, rest: Partial<ExecuteOrder> = {}) =>
  (await flow.executeOrder({ orderId, venueFillId, quantity: '2', price: '50', ...rest })).order;
const exitOf = (entry: Order, n = 1) => orders.getOrder(exitIdFor(entry.orderId, n));
const aside = async (order: Order) => {
  const context = { orders, clock, database: exchange.database, expiryShards: 8 };
  return await setAside(context as unknown as Parameters<typeof setAside>[0], order, 'BROKEN');
};
const held = async () => (await exchange.holdings(owner))[assetId]?.held;

beforeEach(async () => {
  clock.set('2026-03-02T14:30:00.000Z');
  assetId = await exchange.list({ execution: 'VENUE' });
  await exchange.tick(assetId, '55.000');
  owner = await exchange.trader({ EUR: '1000.00' });
});

describe('the exits of a bracket at a venue', () => {
  it('are placed by the first fill, from the newest tick on, and hold what was bought', async () => {
    const entry = await bracket({ takeProfitPrice: '70', trailPercent: '10' });
    await exchange.tick(assetId, '52.000', '2026-03-02T14:31:00.000Z');
    clock.set('2026-03-02T14:32:00.000Z');

    const { exits } = await fill(entry.orderId, 'f-1');

    const exit = await exitOf(entry);
    expect(exits).toEqual([{ orderId: exit.orderId, quantityMinor: 2_000_000n }]);
    expect(exit).toMatchObject({
      ...{ orderType: 'OCO_SELL', status: 'QUEUED', execution: 'VENUE', maxFills: 32, feeBps: 25 },
      ...{ quantityMinor: 2_000_000n, heldMinor: 2_000_000n, parentOrderId: entry.orderId },
      ...{ activeAsOf: '2026-03-02T14:31:00.000Z', watermarkMinor: 52_000n, createdAt: '2026-03-02T14:32:00.000Z' },
      expiresAt: '2026-05-31T14:31:00.000Z',
    });
    await expect(held()).resolves.toBe('2.000000');
  });

  it('are raised by each later fill, and move to the end of the list of what to route', async () => {
    const entry = await bracket();
    await fill(entry.orderId, 'f-1');
    clock.set('2026-03-02T14:33:00.000Z');
    const later = await flow.placeOrder({
      owner,
      order: { orderType: 'LIMIT_BUY', assetId, quantity: '1', limitPrice: '1' },
    });
    clock.set('2026-03-02T14:34:00.000Z');

    const { exits } = await fill(entry.orderId, 'f-2', { quantity: '3' });

    const exit = await exitOf(entry);
    expect(exits).toEqual([{ orderId: exit.orderId, quantityMinor: 5_000_000n }]);
    expect(exit).toMatchObject({ quantityMinor: 5_000_000n, heldMinor: 5_000_000n, version: 2 });
    expect(exit.adjustments).toEqual([expect.objectContaining({ transactionType: 'ORDER_HOLD' })]);
    const { items } = await orders.getVenueOrders({ assetId, list: 'open' });
    expect(items.map(({ orderId }) => orderId)).toEqual([entry.orderId, later.order.orderId, exit.orderId]);
  });

  it.each([
    { exits: { trailAmount: '5' }, watermarkMinor: 55_000n },
    { exits: { trailPercent: '5' }, watermarkMinor: 55_000n },
    { exits: { stopPrice: '40' }, watermarkMinor: undefined },
  ])('have a watermark where they trail: $exits', async ({ exits, watermarkMinor }) => {
    const entry = await bracket({ takeProfitPrice: '70', ...exits });

    await fill(entry.orderId, 'f-1');

    expect((await exitOf(entry)).watermarkMinor).toBe(watermarkMinor);
  });

  it('keep what they have sold when they are raised', async () => {
    const entry = await bracket();
    await fill(entry.orderId, 'f-1');
    const exit = await exitOf(entry);
    await fill(exit.orderId, 'x-1', { quantity: '0.5', price: '70' });

    await fill(entry.orderId, 'f-2');

    await expect(exitOf(entry)).resolves.toMatchObject({
      status: 'PROCESSING',
      quantityMinor: 4_000_000n,
      heldMinor: 3_500_000n,
    });
    await expect(held()).resolves.toBe('3.500000');
  });

  it.each([
    ['is over', async (exit: Order) => fill(exit.orderId, 'x-1', { price: '70' })],
    ['was rejected', async ({ orderId }: Order) => flow.confirmEnd({ orderId })],
    ['is to end', async ({ orderId }: Order) => flow.cancelOrder({ orderId })],
    ['was set aside', aside],
    ['is past its expiry', async ({ expiresAt = '' }: Order) => clock.set(expiresAt)],
  ])('are followed by another one where the last %s', async (_, end) => {
    const entry = await bracket();
    await fill(entry.orderId, 'f-1');
    await end(await exitOf(entry));

    const { exits } = await fill(entry.orderId, 'f-2', { quantity: '3' });

    expect(exits).toEqual([
      { orderId: exitIdFor(entry.orderId, 1), quantityMinor: 2_000_000n },
      { orderId: exitIdFor(entry.orderId, 2), quantityMinor: 3_000_000n },
    ]);
    await expect(exitOf(entry, 1)).resolves.toMatchObject({ quantityMinor: 2_000_000n });
    await expect(exitOf(entry, 2)).resolves.toMatchObject({ quantityMinor: 3_000_000n, heldMinor: 3_000_000n });
  });

  it('are not placed while the balance that pays is frozen', async () => {
    const entry = await bracket();
    await exchange.balances.updateBalance({ owner, code: 'EUR', status: 'FROZEN' });

    await expect(fill(entry.orderId, 'f-1')).rejects.toMatchObject({ code: 'BALANCE_FROZEN' });

    await exchange.balances.updateBalance({ owner, code: 'EUR', status: 'ACTIVE' });
    await expect(fill(entry.orderId, 'f-1')).resolves.toMatchObject({ exits: [{ quantityMinor: 2_000_000n }] });
  });

  it('stay where their entry ends after a part', async () => {
    const entry = await bracket();
    await fill(entry.orderId, 'f-1');
    await flow.cancelOrder({ orderId: entry.orderId });
    await flow.confirmEnd({ orderId: entry.orderId });

    await expect(exitOf(entry)).resolves.toMatchObject({ status: 'QUEUED', heldMinor: 2_000_000n });
    await expect(flow.refundOrder({ orderId: entry.orderId })).rejects.toMatchObject({ code: 'ORDER_NOT_REFUNDABLE' });
  });

  it('take their own fill and a raise at the same time, each once', async () => {
    for (let round = 0; round < 6; round += 1) {
      const entry = await bracket();
      await fill(entry.orderId, 'f-1');
      const exit = await exitOf(entry);

      const { codes } = await runParallel(2, (index) =>
        index === 0 ? fill(entry.orderId, 'f-2') : fill(exit.orderId, 'x-1', { price: '70' }),
      );

      expect(codes).toEqual([]);
      const [first, second] = [await exitOf(entry), await orders.findOrder(exitIdFor(entry.orderId, 2))];
      const sold = first.fills.reduce((sum, { quantityMinor }) => sum + quantityMinor, 0n);
      expect(sold).toBe(2_000_000n);
      // Either the raise came first, and the exit goes on, or the exit was over, and another one follows.
      expect(first.status).toBe(second ? 'COMPLETED' : 'PROCESSING');
      expect((second ?? first).heldMinor).toBe(2_000_000n);
      await flow.confirmEnd({ orderId: (second ?? first).orderId });
      await flow.confirmEnd({ orderId: entry.orderId });
    }
    await expect(held()).resolves.toBe('0.000000');
  });

  it('are placed once by fills that come at the same time, whichever is first', async () => {
    const entry = await bracket();

    const { codes } = await runParallel(5, (index) => fill(entry.orderId, `f-${index}`));

    expect(codes).toEqual([]);
    const { fills, exits, status } = await orders.getOrder(entry.orderId);
    expect([fills.length, status]).toEqual([5, 'COMPLETED']);
    expect(exits).toEqual([{ orderId: exitIdFor(entry.orderId, 1), quantityMinor: 10_000_000n }]);
    await expect(held()).resolves.toBe('10.000000');
  });
});
