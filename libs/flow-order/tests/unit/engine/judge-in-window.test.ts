import type { Tick } from '@cnop/entities-inventory';
import { makeTick } from '@cnop/entities-inventory/testing';
import type { Order, StandingOrder } from '@cnop/entities-order';
import { makeOrder } from '@cnop/entities-order/testing';
import { judgeInWindow, type TickBatch } from '../../../src/engine/judge-in-window.ts';
import { timeOf } from './random-ticks.ts';

const lateSeconds = 600;

const tick = (second: number, priceMinor: bigint): Tick =>
  makeTick({ asOf: timeOf(second), acceptedAt: timeOf(second), priceMinor });
/** An order to sell at 100 that began and was written at second 0, and expires at second 5,000. */
const orderOf = (terms: Partial<Order> = {}): StandingOrder => ({
  ...makeOrder({ status: 'QUEUED', orderType: 'LIMIT_SELL', limitPriceMinor: 100n }),
  createdAt: timeOf(0),
  updatedAt: timeOf(0),
  activeAsOf: timeOf(0),
  expiresAt: timeOf(5_000),
  ...terms,
});
const trailOf = (terms: Partial<Order> = {}): StandingOrder =>
  orderOf({ orderType: 'TRAILING_STOP_SELL', limitPriceMinor: undefined, trailAmountMinor: 10n, ...terms });

/** Ticks in work after a tick, and all ticks that the window knows. */
const batchOf = (ticks: readonly Tick[], after: number | undefined, known: readonly Tick[] = ticks) => {
  const asked: string[] = [];
  const batch: TickBatch = {
    ticks,
    after: after === undefined ? undefined : timeOf(after),
    ladders: { HIGH: [{ anchor: timeOf(0), markMinor: 200n }], LOW: [{ anchor: timeOf(0), markMinor: 50n }] },
    window: {
      after: async (asOf) => {
        asked.push(asOf);
        return await Promise.resolve(known.filter((each) => each.asOf > asOf));
      },
    },
  };

  return { batch, asked };
};

describe(judgeInWindow, () => {
  const settledAt = lateSeconds + 1;

  it('judges an order that was found at every tick before by the ticks in work alone', async () => {
    const ticks = [tick(settledAt + 1, 99n), tick(settledAt + 2, 100n)];
    const { batch, asked } = batchOf(ticks, settledAt, [tick(1, 100n), ...ticks]);

    expect(await judgeInWindow(orderOf(), batch)).toEqual({
      due: { tick: ticks[1], action: 'FILL' },
      isPast: false,
    });
    expect(asked).toEqual([]);
  });

  it.each([
    ['began', { activeAsOf: timeOf(1) }],
    ['was written', { updatedAt: timeOf(1) }],
  ])('judges one that %s so late that an index may have shown it late from its beginning', async (_, terms) => {
    const early = tick(2, 100n);
    const ticks = [tick(settledAt + 1, 100n)];
    const { batch, asked } = batchOf(ticks, settledAt, [early, ...ticks]);
    const order = orderOf(terms);

    expect(await judgeInWindow(order, batch)).toMatchObject({ due: { tick: early } });
    expect(asked).toEqual([order.activeAsOf]);
  });

  it('judges every order from its beginning where nothing was worked off before', async () => {
    const early = tick(1, 100n);
    const { batch } = batchOf([tick(9_999, 100n)], undefined, [early]);

    expect(await judgeInWindow(orderOf(), batch)).toMatchObject({ due: { tick: early } });
  });

  it.each([
    ['a sell the highest', trailOf(), [191n, 190n]],
    ['a buy the lowest', trailOf({ orderType: 'TRAILING_STOP_BUY' }), [59n, 60n]],
  ])('gives %s price as of the tick before those in work', async (_, order, prices) => {
    const ticks = prices.map((priceMinor, index) => tick(settledAt + 1 + index, priceMinor));

    expect(await judgeInWindow(order, batchOf(ticks, settledAt).batch)).toMatchObject({ due: { tick: ticks[1] } });
  });

  it('gives one that is judged from its beginning no watermark but its own', async () => {
    const ticks = [tick(1, 95n), tick(2, 86n), tick(3, 85n)];

    expect(await judgeInWindow(trailOf({ watermarkMinor: 90n }), batchOf(ticks, 0).batch)).toMatchObject({
      due: { tick: ticks[2] },
    });
  });

  it('leaves the ticks after those in work to the next ones', async () => {
    const ticks = [tick(1, 99n), tick(2, 98n)];
    const { batch } = batchOf(ticks, 0, [...ticks, tick(3, 100n)]);

    expect(await judgeInWindow(orderOf(), batch)).toEqual({ isPast: false });
    expect(await judgeInWindow(orderOf(), { ...batch, ticks: [] })).toEqual({ isPast: false });
    expect(await judgeInWindow(orderOf(), batchOf([...ticks, tick(3, 100n)], 0).batch)).toMatchObject({
      due: { tick: tick(3, 100n) },
    });
  });

  it('tells whether a tick of its expiry or after it was among them', async () => {
    const order = orderOf({ expiresAt: timeOf(2) });

    expect(await judgeInWindow(order, batchOf([tick(1, 99n)], 0).batch)).toEqual({ isPast: false });
    expect(await judgeInWindow(order, batchOf([tick(1, 99n), tick(2, 100n)], 0).batch)).toEqual({ isPast: true });
    expect(await judgeInWindow(order, batchOf([tick(1, 100n), tick(2, 100n)], 0).batch)).toMatchObject({
      due: { tick: tick(1, 100n) },
      isPast: false,
    });
  });
});
