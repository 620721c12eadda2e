import { createOrderJudge, isStanding } from '@cnop/entities-order';
import { makeOrder } from '@cnop/entities-order/testing';
import { at, orderOf, ticksOf } from './standing-orders.ts';

describe(createOrderJudge, () => {
  it('knows the watermark of a trail as of the last tick, from its own one on', () => {
    const judge = createOrderJudge(orderOf('TRAILING_STOP_SELL', { trailAmountMinor: 50n, watermarkMinor: 100n }));
    const marks = ticksOf(99n, 120n, 110n).map((tick) => {
      judge.next(tick);
      return judge.watermarkMinor;
    });

    expect(marks).toEqual([100n, 120n, 120n]);
  });

  it('tells of a tick at the expiry or after it', () => {
    const judge = createOrderJudge(orderOf('LIMIT_BUY', { limitPriceMinor: 1n, expiresAt: at(2) }));
    const isPast = ticksOf(100n, 100n, 100n).map((tick) => {
      judge.next(tick);
      return judge.isPast;
    });

    expect(isPast).toEqual([false, true, true]);
  });
});

describe(isStanding, () => {
  it('takes an order that has a beginning and an expiry', () => {
    const order = makeOrder({ status: 'QUEUED' });

    expect(isStanding(order)).toBe(false);
    expect(isStanding({ ...order, activeAsOf: at(0) })).toBe(false);
    expect(isStanding({ ...order, expiresAt: at(9) })).toBe(false);
    expect(isStanding({ ...order, activeAsOf: at(0), expiresAt: at(9) })).toBe(true);
  });
});
