import fc from 'fast-check';
import { dueTick, OrderType, type TriggerTick } from '@cnop/entities-order';
import { createTriggerWatch } from '../../src/trigger-watch.ts';

const at = (second: number) => new Date(Date.UTC(2026, 0, 5) + second * 1_000).toISOString();
const priceArb = fc.bigInt({ min: 90n, max: 110n });
const tickCount = 40;

const ticksArb = fc
  .array(
    fc.record({
      priceMinor: priceArb,
      executable: fc.constantFrom(true, true, true, true, false),
      paused: fc.constantFrom(false, false, false, true),
    }),
    { minLength: 10, maxLength: tickCount, size: 'max' },
  )
  .map((ticks) => ticks.map((tick, index): TriggerTick => ({ ...tick, asOf: at(10 * (index + 1)) })));

const trailArb = fc.oneof(
  fc.record({ trailAmountMinor: fc.bigInt({ min: 1n, max: 15n }) }),
  fc.record({ trailBps: fc.integer({ min: 1, max: 1_500 }) }),
);

/** Any order that waits for a price, begun before, between or at ticks, repriced or not, and expiring at some time. */
const orderArb = fc
  .record({
    orderType: fc.constantFrom(...Object.values(OrderType).filter((type) => !type.startsWith('MARKET_'))),
    one: priceArb,
    other: priceArb,
    third: fc.option(priceArb, { nil: undefined }),
    trail: fc.option(trailArb, { nil: undefined }),
    watermarkMinor: fc.option(priceArb, { nil: undefined }),
    begins: fc.integer({ min: 0, max: 5 * tickCount }),
    late: fc.integer({ min: 0, max: 25 }),
    repriced: fc.option(fc.integer({ min: 0, max: 25 }), { nil: undefined }),
    lives: fc.integer({ min: 1, max: 20 * tickCount }),
  })
  .map(({ orderType, one, other, third, trail, watermarkMinor, begins, late, repriced, lives }) => {
    const times = {
      activeAsOf: at(begins),
      createdAt: at(begins + late),
      repricedAt: repriced === undefined ? undefined : at(begins + repriced),
      expiresAt: at(begins + lives),
    };
    const trails = orderType.startsWith('TRAILING_') || (orderType.startsWith('OCO_') && trail !== undefined);
    const stop = trails
      ? { ...(trail ?? { trailBps: 100 }), watermarkMinor }
      : { stopPriceMinor: one, ...(orderType.startsWith('OCO_') && { stopLimitPriceMinor: third }) };
    const limit = orderType.startsWith('OCO_') || orderType.startsWith('LIMIT_') ? { limitPriceMinor: other } : {};

    return { assetId: 'AAPL', orderType, ...times, ...(orderType.startsWith('LIMIT_') ? {} : stop), ...limit };
  });

const ordersArb = fc
  .array(orderArb, { maxLength: 30, size: 'max' })
  .map((orders) => orders.map((order, index) => ({ ...order, orderId: `order-${index}` })));

describe(createTriggerWatch, () => {
  it('finds of each order the very tick that the order by itself is due at', () => {
    let [dueCount, trailCount] = [0, 0];

    fc.assert(
      fc.property(ordersArb, ticksArb, (orders, ticks) => {
        const watch = createTriggerWatch(orders);
        const found = new Map(ticks.flatMap((tick) => watch.next(tick).map(({ orderId }) => [orderId, tick.asOf])));
        const expected = orders.flatMap((order) => {
          const due = dueTick(order, ticks);
          return due ? [[order.orderId, due.tick.asOf] as const] : [];
        });

        dueCount += expected.length;
        trailCount += orders.filter(
          ({ orderId, orderType }) => found.has(orderId) && orderType.startsWith('TRAIL'),
        ).length;
        expect(found).toEqual(new Map(expected));
      }),
      { numRuns: 500 },
    );
    expect(dueCount).toBeGreaterThan(1_000);
    expect(trailCount).toBeGreaterThan(100);
  });

  it('gives out each order once', () => {
    fc.assert(
      fc.property(ordersArb, ticksArb, (orders, ticks) => {
        const watch = createTriggerWatch(orders);
        const ids = ticks.flatMap((tick) => watch.next(tick)).map(({ orderId }) => orderId);

        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});
