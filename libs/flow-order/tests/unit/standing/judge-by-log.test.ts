import type { Order, StandingOrder } from '@cnop/entities-order';
import { makeOrder } from '@cnop/entities-order/testing';
import { isBefore, lateVisibilityMs, markAt } from '../../../src/standing/judge-by-log.ts';

const at = (ms: number) => new Date(Date.UTC(2026, 2, 2, 14, 30) + ms).toISOString();
const trailing = (terms: Partial<Order> = {}): StandingOrder => ({
  ...makeOrder({ status: 'QUEUED', orderType: 'TRAILING_STOP_SELL', trailAmountMinor: 100n, updatedAt: at(0) }),
  ...{ activeAsOf: at(0), expiresAt: at(3_600_000) },
  ...terms,
});

describe(isBefore, () => {
  it.each([
    [{}, lateVisibilityMs, false],
    [{}, lateVisibilityMs + 1, true],
    [{ updatedAt: at(1) }, lateVisibilityMs + 1, false],
    [{ activeAsOf: at(1) }, lateVisibilityMs + 1, false],
    [{ activeAsOf: at(1), updatedAt: at(1) }, lateVisibilityMs + 2, true],
  ])('tells of %p at a tick %i ms later: %p', (terms, ms, expected) => {
    expect(isBefore(trailing(terms), at(ms))).toBe(expected);
  });
});

describe(markAt, () => {
  const ladders = {
    high: [{ anchor: at(0), markMinor: 500n }],
    low: [{ anchor: at(0), markMinor: 300n }],
  };

  it.each<[Partial<Order>, bigint | undefined]>([
    [{}, 500n],
    [{ watermarkMinor: 499n }, 500n],
    [{ watermarkMinor: 501n }, 501n],
    [{ orderType: 'TRAILING_STOP_BUY' }, 300n],
    [{ orderType: 'TRAILING_STOP_BUY', watermarkMinor: 301n }, 300n],
    [{ orderType: 'TRAILING_STOP_BUY', watermarkMinor: 299n }, 299n],
    [{ watermarkMinor: 400n, activeAsOf: at(-1) }, 400n],
  ])('is the better one of %p: %p', (terms, watermarkMinor) => {
    expect(markAt(trailing(terms), ladders)).toEqual({ watermarkMinor });
  });

  it('is none of an order that does not trail', () => {
    expect(markAt(trailing({ trailAmountMinor: undefined }), ladders)).toEqual({});
  });
});
