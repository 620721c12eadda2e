/** Draws a number from 0 up to 1. */
export type Random = () => number;

/** What a trader sees at the beginning of a month; amounts in minor units: cents, and thousandths of a share. */
export interface MarketView {
  /** From 0. */
  readonly monthIndex: number;
  /** This month's price of every stock listed so far. */
  readonly prices: ReadonlyMap<string, bigint>;
  /** The prices of the months before, oldest first. */
  readonly past: readonly ReadonlyMap<string, bigint>[];
  readonly cashMinor: bigint;
  readonly holdings: ReadonlyMap<string, bigint>;
}

/** What a trader does in a month. */
export interface Trade {
  readonly side: 'BUY' | 'SELL';
  readonly assetId: string;
  readonly quantityMinor: bigint;
  /** Sends the order twice under one client order id, like a client that received no response. */
  readonly sentTwice?: boolean;
}

/** A way to trade: what comes in each month, what is taken out, and what is bought and sold. */
export interface Strategy {
  readonly owner: string;
  readonly name: string;
  readonly monthlyDepositMinor: bigint;
  /** How much of the cash is withdrawn, in percent, at the end of each year. */
  readonly yearlyWithdrawalPercent: number;
  decide(view: MarketView, random: Random): Trade[];
}

const thousandths = 1_000n;
/** The least that an order may be worth: a dollar. */
const smallestOrderMinor = 100n;

const usual = { monthlyDepositMinor: 50_000n, yearlyWithdrawalPercent: 0 };

/** Buys the same value of every stock each month. */
const steady: Strategy = {
  ...usual,
  owner: 'ada',
  name: 'steady',
  decide: (view) => {
    const shareMinor = view.cashMinor / BigInt(view.prices.size);

    return [...view.prices.keys()].flatMap((assetId) => buyWith(view, assetId, shareMinor));
  },
};

/** Puts all cash on the stock that rose most in three months; sells what fell over that time. */
const momentum: Strategy = {
  ...usual,
  owner: 'bob',
  name: 'momentum',
  decide: (view) => {
    const ranking = rank(view, 3);
    const best = ranking.findLast(({ change }) => change > 0);
    const fallen = ranking.filter(({ change }) => change < 0);

    return [
      ...fallen.flatMap(({ assetId }) => sellPart(view, assetId, 1n)),
      ...buyWith(view, best?.assetId, view.cashMinor),
    ];
  },
};

/** Buys what fell most last month, with half of the cash; sells a third of what rose most. */
const contrarian: Strategy = {
  ...usual,
  owner: 'carol',
  name: 'contrarian',
  decide: (view) => {
    const ranking = rank(view, 1);
    const worst = ranking.find(({ change }) => change < 0);
    const best = ranking.findLast(({ change }) => change > 0);

    return [...(best ? sellPart(view, best.assetId, 3n) : []), ...buyWith(view, worst?.assetId, view.cashMinor / 2n)];
  },
};

/** Buys and sells at random, from one share to twenty, often more than there is, and sends some orders twice. */
const gambler: Strategy = {
  ...usual,
  owner: 'dave',
  name: 'gambler',
  decide: ({ prices }, random) => {
    const assetIds = [...prices.keys()];
    const below = (bound: number) => Math.floor(bound * random());

    return Array.from({ length: 1 + below(4) }, () => ({
      side: below(2) === 0 ? 'BUY' : 'SELL',
      assetId: assetIds[below(assetIds.length)] ?? '',
      quantityMinor: BigInt(1_000 + below(19_001)),
      sentTwice: below(3) === 0,
    }));
  },
};

/** Saves, buys a little of the cheapest stock once a quarter, and takes a tenth out at the end of the year. */
const saver: Strategy = {
  owner: 'erin',
  name: 'saver',
  monthlyDepositMinor: 80_000n,
  yearlyWithdrawalPercent: 10,
  decide: (view) => {
    if (view.monthIndex % 3 !== 0) return [];
    const [cheapest] = [...view.prices].sort(([, a], [, b]) => (a < b ? -1 : 1));

    return buyWith(view, cheapest?.[0], view.cashMinor / 10n);
  },
};

/** Every strategy of the demonstration, one user each. */
export const strategies: readonly Strategy[] = [steady, momentum, contrarian, gambler, saver];

/** Stocks by their relative change over the months, in ten-thousandths, worst first; those not listed that long are left out. */
function rank({ prices, past }: MarketView, months: number): { assetId: string; change: number }[] {
  const before = past.at(-months);

  return [...prices]
    .flatMap(([assetId, priceMinor]) => {
      const then = before?.get(assetId);
      return then === undefined ? [] : [{ assetId, change: Number(((priceMinor - then) * 10_000n) / then) }];
    })
    .sort((a, b) => a.change - b.change);
}

function sellPart({ holdings, prices }: MarketView, assetId: string, divisor: bigint): Trade[] {
  const quantityMinor = (holdings.get(assetId) ?? 0n) / divisor;
  const worthMinor = (quantityMinor * (prices.get(assetId) ?? 0n)) / thousandths;

  return worthMinor < smallestOrderMinor ? [] : [{ side: 'SELL', assetId, quantityMinor }];
}

function buyWith({ prices }: MarketView, assetId: string | undefined, cashMinor: bigint): Trade[] {
  const priceMinor = prices.get(assetId ?? '');
  if (assetId === undefined || priceMinor === undefined) return [];

  const quantityMinor = (cashMinor * thousandths) / priceMinor;
  const isTooSmall = quantityMinor * priceMinor < smallestOrderMinor * thousandths;
  return isTooSmall ? [] : [{ side: 'BUY', assetId, quantityMinor }];
}
