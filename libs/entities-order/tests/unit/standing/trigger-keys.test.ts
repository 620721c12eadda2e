import fc from 'fast-check';
import {
  dueTick,
  fallUpTo,
  type OrderType,
  riseUpTo,
  shardOf,
  triggerKeysOf,
  type TriggerTerms,
} from '@cnop/entities-order';
import { arbitraryOrder, at, orderOf, ticksOf } from './standing-orders.ts';

const one = { trigger: 1, expiry: 1 };
const named = (order: TriggerTerms) => ({ ...order, orderId: 'o-1', assetId: 'GLDX' });
const keysOf = (orderType: OrderType, terms: Partial<TriggerTerms>) =>
  triggerKeysOf(named(orderOf(orderType, terms)), one);

/** Whether a query of the two price indexes finds the order at a price. */
const isFoundAt = (order: TriggerTerms, priceMinor: bigint): boolean => {
  const { riseSort, fallSort } = triggerKeysOf(named(order), one);

  return (riseSort ?? '~') <= riseUpTo(priceMinor) || (fallSort ?? '~') <= fallUpTo(priceMinor);
};

describe(triggerKeysOf, () => {
  it('finds at a price exactly the orders that a tick of that price makes due', () => {
    const resting = arbitraryOrder.filter(
      ({ trailAmountMinor, trailBps }) => (trailAmountMinor ?? trailBps) === undefined,
    );

    fc.assert(
      fc.property(resting, fc.bigInt(1n, 200n), fc.boolean(), (order, priceMinor, isTouched) => {
        const touched = isTouched && order.orderType.startsWith('OCO_') ? { ...order, triggeredAt: at(0) } : order;

        expect(isFoundAt(touched, priceMinor)).toBe(dueTick(touched, ticksOf(priceMinor)) !== undefined);
      }),
      { numRuns: 1_000 },
    );
  });

  it('sorts by price and then by time, at any size', () => {
    const price = fc.bigInt(1n, 10n ** 24n);
    const second = fc.integer({ min: 0, max: 49 });
    const rise = (limitPriceMinor: bigint, from: number) =>
      keysOf('LIMIT_SELL', { limitPriceMinor, activeAsOf: at(from) }).riseSort!;
    const fall = (limitPriceMinor: bigint, from: number) =>
      keysOf('LIMIT_BUY', { limitPriceMinor, activeAsOf: at(from) }).fallSort!;

    fc.assert(
      fc.property(price, second, price, second, (...[priceA, timeA, priceB, timeB]) => {
        const isFirst = priceA < priceB || (priceA === priceB && timeA < timeB);
        expect(rise(priceA, timeA) < rise(priceB, timeB)).toBe(isFirst);

        const isFirstFalling = priceA > priceB || (priceA === priceB && timeA < timeB);
        expect(fall(priceA, timeA) < fall(priceB, timeB)).toBe(isFirstFalling);
      }),
    );
  });

  it('has a trail in its list alone, and an amended one by the stop that it kept too', () => {
    const trail = { trailAmountMinor: 10n, watermarkMinor: 100n };

    expect(keysOf('TRAILING_STOP_SELL', trail)).toEqual({
      trailShard: 'GLDX#H#0',
      trailSort: `${Date.parse(at(0))}A${'10'.padStart(25, '0')}`,
      expiryShard: '2026-03-02T14#0',
      expirySort: `${at(50)}#GLDX`,
    });
    expect(keysOf('TRAILING_STOP_SELL', { ...trail, repricedAt: at(1) }).fallSort).toMatch(/^9{22}909/);
    expect(keysOf('TRAILING_STOP_BUY', { trailBps: 100, watermarkMinor: 1_000n, repricedAt: at(1) })).toMatchObject({
      riseSort: expect.stringMatching(/^0{21}1010/) as string,
      trailShard: 'GLDX#L#0',
      trailSort: expect.stringMatching(/P0+100$/) as string,
    });
  });

  it('names the part of the index that the order is in', () => {
    const keys = triggerKeysOf(named(orderOf('OCO_SELL', { limitPriceMinor: 120n, stopPriceMinor: 80n })), {
      trigger: 8,
      expiry: 4,
    });

    expect(keys).toMatchObject({
      riseShard: `GLDX#${shardOf('o-1', 8)}`,
      fallShard: `GLDX#${shardOf('o-1', 8)}`,
      expiryShard: `2026-03-02T14#${shardOf('o-1', 4)}`,
    });
  });

  it('sorts times of every year', () => {
    const early = keysOf('LIMIT_SELL', { limitPriceMinor: 5n, activeAsOf: '1999-01-01T00:00:00.000Z' });

    expect(early.riseSort).toHaveLength(25 + 13);
  });

  it('has no stop of an amended trail whose watermark is not known', () => {
    expect(keysOf('TRAILING_STOP_SELL', { trailAmountMinor: 10n, repricedAt: at(1) }).fallSort).toBeUndefined();
  });

  it('has of an OCO with a trail that was touched its working limit alone', () => {
    const touched = keysOf('OCO_SELL', {
      limitPriceMinor: 120n,
      trailAmountMinor: 5n,
      watermarkMinor: 100n,
      stopLimitPriceMinor: 75n,
      repricedAt: at(1),
      triggeredAt: at(2),
    });

    expect(touched).not.toHaveProperty('trailShard');
    expect(touched).not.toHaveProperty('fallSort');
    expect(touched.riseSort).toMatch(/^0{23}75/);
  });

  it('has of an OCO that was touched its working limit alone', () => {
    const touched = keysOf('OCO_SELL', {
      limitPriceMinor: 120n,
      stopPriceMinor: 80n,
      stopLimitPriceMinor: 75n,
      triggeredAt: at(1),
    });

    expect(touched.riseSort).toMatch(/^0{23}75/);
    expect(touched.fallSort).toBeUndefined();
  });
});

describe(shardOf, () => {
  it('never changes', () => {
    expect(shardOf('', 2 ** 32)).toBe(0x811c9dc5);
    expect(shardOf('foobar', 2 ** 32)).toBe(0xbf9cf968);
  });

  it('spreads ids evenly', () => {
    const counts = Array.from({ length: 8 }, () => 0);
    for (let id = 0; id < 8_000; id += 1) counts[shardOf(`0195-${id}`, 8)]! += 1;

    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(200);
  });
});
