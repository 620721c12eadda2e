import { assert, bigInt, property } from 'fast-check';
import { createRandomSource } from '../../src/random-source.ts';
import { affordable, contrarian, gambler, momentum, saver, steady, strategies } from '../../src/strategy.ts';
import { makeView } from '../support/make-view.ts';

const noChance = {
  below: () => {
    throw new Error('leaves nothing to chance');
  },
  bytes: () => {
    throw new Error('leaves nothing to chance');
  },
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

  it('never costs more than there is, nor less than a dollar', () => {
    assert(
      property(bigInt(0n, 10n ** 12n), bigInt(1n, 10n ** 6n), (cash, price) => {
        const exact = affordable(cash, price) * price;
        const cost = exact / 1_000n + (exact % 1_000n === 0n ? 0n : 1n);

        expect(cost <= cash && (cost === 0n || cost >= 100n)).toBe(true);
      }),
    );
  });
});

describe('steady', () => {
  it('spends the same on every stock', () => {
    expect(steady.decide(makeView(), noChance)).toEqual([
      { side: 'BUY', assetId: 'A', quantityMinor: 2_222n },
      { side: 'BUY', assetId: 'B', quantityMinor: 3_333n },
      { side: 'BUY', assetId: 'C', quantityMinor: 6_666n },
    ]);
  });

  it('waits while its cash is too little', () => {
    expect(steady.decide(makeView({ cashMinor: 290n }), noChance)).toEqual([]);
  });
});

describe('momentum', () => {
  it('sells what fell in three months and puts all cash on what rose most', () => {
    const view = makeView({
      holdings: new Map([
        ['A', 5n],
        ['B', 700n],
        ['C', 300n],
      ]),
    });

    expect(momentum.decide(view, noChance)).toEqual([
      { side: 'SELL', assetId: 'B', quantityMinor: 700n },
      { side: 'BUY', assetId: 'A', quantityMinor: 6_666n },
    ]);
  });

  it('keeps what is too little to be sold', () => {
    const view = makeView({ cashMinor: 0n, holdings: new Map([['B', 99n]]) });

    expect(momentum.decide(view, noChance)).toEqual([]);
  });

  it('buys nothing when nothing rose, and waits for three months', () => {
    const prices = new Map([['B', 1_000n]]);

    expect(momentum.decide(makeView({ prices }), noChance)).toEqual([]);
    expect(momentum.decide(makeView({ past: makeView().past.slice(0, 2) }), noChance)).toEqual([]);
  });
});

describe('contrarian', () => {
  it('sells a third of what rose most last month and puts half of the cash on what fell most', () => {
    const view = makeView({ holdings: new Map([['A', 900n]]) });

    expect(contrarian.decide(view, noChance)).toEqual([
      { side: 'SELL', assetId: 'A', quantityMinor: 300n },
      { side: 'BUY', assetId: 'B', quantityMinor: 5_000n },
    ]);
  });

  it('does nothing in the first month, or while prices stand still', () => {
    expect(contrarian.decide(makeView({ past: [] }), noChance)).toEqual([]);
    expect(contrarian.decide(makeView({ past: [makeView().prices] }), noChance)).toEqual([]);
  });
});

describe('gambler', () => {
  it('makes one to four orders of one to twenty shares, some sent twice, both ways', () => {
    const random = createRandomSource(1);
    const months = Array.from({ length: 200 }, () => gambler.decide(makeView(), random));
    const trades = months.flat();

    expect(new Set(months.map(({ length }) => length))).toEqual(new Set([1, 2, 3, 4]));
    expect(new Set(trades.map(({ side }) => side))).toEqual(new Set(['BUY', 'SELL']));
    expect(new Set(trades.map(({ assetId }) => assetId))).toEqual(new Set(['A', 'B', 'C']));
    expect(new Set(trades.map(({ sentTwice }) => sentTwice))).toEqual(new Set([true, false]));
    expect(trades.every(({ quantityMinor }) => quantityMinor >= 1_000n && quantityMinor <= 20_000n)).toBe(true);
  });

  it('does the same for the same chance', () => {
    expect(gambler.decide(makeView(), createRandomSource(7))).toEqual(
      gambler.decide(makeView(), createRandomSource(7)),
    );
  });
});

describe('saver', () => {
  it('puts a tenth of the cash on the cheapest stock once a quarter', () => {
    expect(saver.decide(makeView(), noChance)).toEqual([{ side: 'BUY', assetId: 'C', quantityMinor: 2_000n }]);
    expect(saver.decide(makeView({ monthIndex: 4 }), noChance)).toEqual([]);
  });
});

describe('the strategies', () => {
  it('belong to different users', () => {
    expect(new Set(strategies.map(({ owner }) => owner)).size).toBe(strategies.length);
  });
});
