import type { MarketView } from '../../src/strategy.ts';

/** A market where A rose, B fell and C stayed over the last months, and 100.00 dollars to spend. */
export function makeView(overrides: Partial<MarketView> = {}): MarketView {
  const before = new Map([
    ['A', 1_000n],
    ['B', 2_000n],
    ['C', 500n],
  ]);

  return {
    monthIndex: 3,
    prices: new Map([
      ['A', 1_500n],
      ['B', 1_000n],
      ['C', 500n],
    ]),
    past: [before, before, before],
    cashMinor: 10_000n,
    holdings: new Map(),
    ...overrides,
  };
}
