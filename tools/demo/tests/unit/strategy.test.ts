import { seededRandom } from '@cnop/testing';
import { assert, bigInt, property } from 'fast-check';
import { affordable, contrarian, gambler, momentum, saver, steady, strategies } from '../../src/strategy.ts';
import type { MarketView, Strategy, Trade } from '../../src/strategy.ts';

const pricesOf = (a: bigint, b: bigint, c: bigint) => new Map(Object.entries({ A: a, B: b, C: c }));
const before = pricesOf(1_000n, 2_000n, 500n);
const past = [before, before, before];
const order = (side: Trade['side'], assetId: string, quantityMinor: bigint): Trade => ({
  side,
  assetId,
  quantityMinor,
});

/** A market where A rose, B fell and C stayed over the last months, and 100.00 dollars to spend. */
const view: MarketView = {
  monthIndex: 3,
  prices: pricesOf(1_500n, 1_000n, 500n),
  past,
  cashMinor: 10_000n,
  holdings: new Map(),
};
const noRandom = () => {
  throw new Error('It decides without random numbers.');
};

describe(affordable, () => {
  it.each([
    [10_000n, 1_000n, 10_000n],
    [10_000n, 333n, 30_030n],
    [100n, 100n, 1_000n],
    [99n, 100n, 0n],
    [150n, 70_000n, 2n],
    [0n, 1n, 0n],
  ])('buys for %p cents at %p cents a share %p thousandths', (cash, price, quantity) => {
    expect(affordable(cash, price)).toBe(quantity);
  });

  it('never costs more than the cash, nor less than a dollar', () => {
    assert(
      property(bigInt(0n, 10n ** 12n), bigInt(1n, 10n ** 6n), (cash, price) => {
        const exact = affordable(cash, price) * price;
        const cost = exact / 1_000n + (exact % 1_000n === 0n ? 0n : 1n);

        expect(cost <= cash && (cost === 0n || cost >= 100n)).toBe(true);
      }),
    );
  });
});

describe('the strategies', () => {
  const [buyA, buyB, buyC] = [2_222n, 3_333n, 6_666n];
  const holdings = new Map(Object.entries({ A: 5n, B: 700n, C: 300n }));

  it.each<[string, Strategy, Partial<MarketView>, Trade[]]>([
    [
      'spends the same on every stock',
      steady,
      {},
      [order('BUY', 'A', buyA), order('BUY', 'B', buyB), order('BUY', 'C', buyC)],
    ],
    ['waits while its cash is too little', steady, { cashMinor: 290n }, []],
    [
      'sells what fell and buys what rose',
      momentum,
      { holdings },
      [order('SELL', 'B', 700n), order('BUY', 'A', 6_666n)],
    ],
    ['keeps what is too little to sell', momentum, { cashMinor: 0n, holdings: new Map([['B', 99n]]) }, []],
    ['buys nothing when nothing rose', momentum, { prices: new Map([['B', 1_000n]]) }, []],
    ['waits for three months', momentum, { past: past.slice(1) }, []],
    [
      'sells a third of what rose and buys what fell',
      contrarian,
      { holdings: new Map([['A', 900n]]) },
      [order('SELL', 'A', 300n), order('BUY', 'B', 5_000n)],
    ],
    ['does nothing in the first month', contrarian, { past: [] }, []],
    ['does nothing while prices stand still', contrarian, { past: [view.prices] }, []],
    ['buys the cheapest for a tenth once a quarter', saver, {}, [order('BUY', 'C', 2_000n)]],
    ['waits for the quarter', saver, { monthIndex: 4 }, []],
  ])('%s', (...[, strategy, changed, trades]) => {
    expect(strategy.decide({ ...view, ...changed }, noRandom)).toEqual(trades);
  });

  it('gamble with one to four orders of one to twenty shares, some sent twice, both ways', () => {
    const random = seededRandom(1);
    const months = Array.from({ length: 200 }, () => gambler.decide(view, random));
    const trades = months.flat();
    const seen = (key: keyof Trade) => new Set(trades.map((trade) => trade[key]));

    expect(new Set(months.map(({ length }) => length))).toEqual(new Set([1, 2, 3, 4]));
    expect(seen('side')).toEqual(new Set(['BUY', 'SELL']));
    expect(seen('assetId')).toEqual(new Set(['A', 'B', 'C']));
    expect(seen('sentTwice')).toEqual(new Set([true, false]));
    expect(trades.every(({ quantityMinor }) => quantityMinor >= 1_000n && quantityMinor <= 20_000n)).toBe(true);
    expect(gambler.decide(view, seededRandom(7))).toEqual(gambler.decide(view, seededRandom(7)));
  });

  it('belong to different users', () => {
    expect(new Set(strategies.map(({ owner }) => owner)).size).toBe(strategies.length);
  });
});
