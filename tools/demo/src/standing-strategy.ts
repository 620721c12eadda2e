import type { OrderCreate } from '@cnop/entities-order';
import { formatDecimal } from '@cnop/utils';

/** What someone with standing orders sees when none of them is open; amounts in minor units: cents, and thousandths of a share. */
export interface StandingView {
  readonly priceMinor: bigint;
  readonly cashMinor: bigint;
  readonly sharesMinor: bigint;
}

/** A way to use standing orders on one stock: how it is bought, and how it is sold again. */
export interface StandingStrategy {
  readonly owner: string;
  readonly name: string;
  readonly assetId: string;
  readonly buy: (view: StandingView) => OrderCreate;
  /** `undefined` where the exits of what was bought sell it. */
  readonly sell?: (view: StandingView) => OrderCreate;
}

const cents = 2;
const shareScale = 3;

/** A percentage of a price, as decimal text. */
const percentOf = (priceMinor: bigint, percent: bigint): string => formatDecimal((priceMinor * percent) / 100n, cents);

/** As much as three quarters of the cash pay for at the present price: a buy may hold a quarter more. */
const affordable = ({ priceMinor, cashMinor }: StandingView): string =>
  formatDecimal((cashMinor * 750n) / priceMinor, shareScale);

const all = ({ sharesMinor }: StandingView): string => formatDecimal(sharesMinor, shareScale);

/** Buys a fall of 5 %, sells a rise of 10 %. */
const limits: StandingStrategy = {
  owner: 'fay',
  name: 'limits',
  assetId: 'AAPL',
  buy: (view) => ({
    orderType: 'LIMIT_BUY',
    assetId: 'AAPL',
    quantity: affordable(view),
    limitPrice: percentOf(view.priceMinor, 95n),
  }),
  sell: (view) => ({
    orderType: 'LIMIT_SELL',
    assetId: 'AAPL',
    quantity: all(view),
    limitPrice: percentOf(view.priceMinor, 110n),
  }),
};

/** Buys a rise of 3 %, unless it goes beyond its highest price; sells a fall of 5 %, by a limit once it is there. */
const stops: StandingStrategy = {
  owner: 'gus',
  name: 'stops',
  assetId: 'MSFT',
  buy: (view) => ({
    orderType: 'STOP_LOSS_BUY',
    assetId: 'MSFT',
    quantity: affordable(view),
    stopPrice: percentOf(view.priceMinor, 103n),
  }),
  sell: (view) => ({
    orderType: 'STOP_LOSS_SELL',
    assetId: 'MSFT',
    quantity: all(view),
    stopPrice: percentOf(view.priceMinor, 95n),
    limitPrice: percentOf(view.priceMinor, 93n),
  }),
};

/** Buys a fall of 4 %, takes a profit of 8 %. */
const profits: StandingStrategy = {
  owner: 'hal',
  name: 'take-profits',
  assetId: 'IBM',
  buy: (view) => ({
    orderType: 'TAKE_PROFIT_BUY',
    assetId: 'IBM',
    quantity: affordable(view),
    stopPrice: percentOf(view.priceMinor, 96n),
  }),
  sell: (view) => ({
    orderType: 'TAKE_PROFIT_SELL',
    assetId: 'IBM',
    quantity: all(view),
    stopPrice: percentOf(view.priceMinor, 108n),
  }),
};

/** Buys a rise of 5 % from the lowest price, sells a fall of 12 % from the highest. */
const trails: StandingStrategy = {
  owner: 'ida',
  name: 'trailing stops',
  assetId: 'AMZN',
  buy: (view) => ({
    orderType: 'TRAILING_STOP_BUY',
    assetId: 'AMZN',
    quantity: affordable(view),
    trailPercent: '5',
    maxPrice: percentOf(view.priceMinor, 125n),
  }),
  sell: (view) => ({ orderType: 'TRAILING_STOP_SELL', assetId: 'AMZN', quantity: all(view), trailPercent: '12' }),
};

/** Buys a fall of 7 % or a rise of 7 %, sells a rise of 15 % or a fall of 10 %, whichever comes first. */
const pairs: StandingStrategy = {
  owner: 'jan',
  name: 'one cancels the other',
  assetId: 'GOOG',
  buy: (view) => ({
    orderType: 'OCO_BUY',
    assetId: 'GOOG',
    quantity: affordable(view),
    limitPrice: percentOf(view.priceMinor, 93n),
    stopPrice: percentOf(view.priceMinor, 107n),
    maxPrice: percentOf(view.priceMinor, 125n),
  }),
  sell: (view) => ({
    orderType: 'OCO_SELL',
    assetId: 'GOOG',
    quantity: all(view),
    limitPrice: percentOf(view.priceMinor, 115n),
    stopPrice: percentOf(view.priceMinor, 90n),
  }),
};

/** Buys a fall of 2 % with exits that the fill places: a profit of 20 %, or a trail of 10 %. */
const brackets: StandingStrategy = {
  owner: 'kim',
  name: 'brackets',
  assetId: 'MSFT',
  buy: (view) => ({
    orderType: 'LIMIT_BUY',
    assetId: 'MSFT',
    quantity: affordable(view),
    limitPrice: percentOf(view.priceMinor, 98n),
    exits: { takeProfitPrice: percentOf(view.priceMinor, 118n), trailPercent: '10' },
  }),
};

/** One user for each kind of standing order. */
export const standingStrategies: readonly StandingStrategy[] = [limits, stops, profits, trails, pairs, brackets];
