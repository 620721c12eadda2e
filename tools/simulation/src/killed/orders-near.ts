import type { OrderAmendment, OrderCreate } from '@cnop/entities-order';
import { formatDecimal } from '@cnop/utils';
import type { RandomSource } from '../random-source.ts';
import { market } from '../workload/market.ts';

/** A price in hundredths as text. */
export const priceText = (minor: number): string => formatDecimal(BigInt(minor), market.priceScale);

/** Prices on either side of one, as text, and how far they are from it. */
interface Distances {
  readonly above: string;
  readonly below: string;
  readonly farAbove: string;
  readonly farBelow: string;
  readonly near: string;
  readonly far: string;
  readonly percent: string;
}

/** The terms of an order but for its asset and its quantity. */
interface Terms {
  readonly orderType: OrderCreate['orderType'];
  /** By field: what an amendment can change. */
  readonly prices: OrderAmendment;
  readonly notional?: string;
  readonly exits?: object;
}

/** Makes the same kind of order around any price. */
export type OrderKind = (at: Distances) => Terms;

/** Orders of every type that rest around a price. */
export const orderKinds: readonly OrderKind[] = [
  ({ below }) => ({ orderType: 'LIMIT_BUY', prices: { limitPrice: below } }),
  ({ below }) => ({ orderType: 'LIMIT_BUY', prices: { limitPrice: below }, notional: '90.00' }),
  ({ above }) => ({ orderType: 'LIMIT_SELL', prices: { limitPrice: above } }),
  ({ above }) => ({ orderType: 'STOP_LOSS_BUY', prices: { stopPrice: above } }),
  ({ above, farAbove }) => ({ orderType: 'STOP_LOSS_BUY', prices: { stopPrice: above, limitPrice: farAbove } }),
  ({ below }) => ({ orderType: 'STOP_LOSS_SELL', prices: { stopPrice: below } }),
  ({ below }) => ({ orderType: 'STOP_LOSS_SELL', prices: { stopPrice: below, limitPrice: below } }),
  ({ below }) => ({ orderType: 'TAKE_PROFIT_BUY', prices: { stopPrice: below } }),
  ({ above }) => ({ orderType: 'TAKE_PROFIT_SELL', prices: { stopPrice: above } }),
  ({ near }) => ({ orderType: 'TRAILING_STOP_SELL', prices: { trailAmount: near } }),
  ({ percent }) => ({ orderType: 'TRAILING_STOP_BUY', prices: { trailPercent: percent } }),
  ({ above, far }) => ({ orderType: 'OCO_SELL', prices: { limitPrice: above, trailAmount: far } }),
  ({ farAbove, below }) => ({
    orderType: 'OCO_SELL',
    prices: { limitPrice: farAbove, stopPrice: below, stopLimitPrice: below },
  }),
  ({ below, farAbove }) => ({ orderType: 'OCO_BUY', prices: { limitPrice: below, stopPrice: farAbove } }),
  ({ below, above, farBelow }) => ({
    orderType: 'LIMIT_BUY',
    prices: { limitPrice: below },
    exits: { takeProfitPrice: above, stopPrice: farBelow },
  }),
  ({ above, farAbove, far }) => ({
    orderType: 'STOP_LOSS_BUY',
    prices: { stopPrice: above, limitPrice: above },
    exits: { takeProfitPrice: farAbove, trailAmount: far },
  }),
];

/** Draws prices around one. */
export function distancesFrom(priceMinor: number, random: RandomSource): Distances {
  const [near, far] = [20 + random.below(1_480), 1_500 + random.below(2_500)];

  return {
    above: priceText(priceMinor + near),
    below: priceText(priceMinor - near),
    farAbove: priceText(priceMinor + far),
    farBelow: priceText(priceMinor - far),
    near: priceText(near),
    far: priceText(far),
    percent: (0.05 + near / 500).toFixed(2),
  };
}

const quantityText = (random: RandomSource): string => formatDecimal(BigInt(1 + random.below(400)), market.decimals);

/** An order of a kind, all but its asset. */
export function orderNear(kind: OrderKind, distances: Distances, random: RandomSource): object {
  const { prices, ...terms } = kind(distances);

  return { ...terms, ...prices, ...(terms.notional === undefined && { quantity: quantityText(random) }) };
}

/** Another quantity for an order of a kind, or the prices of a new one. */
export const amendmentNear = (kind: OrderKind, distances: Distances, random: RandomSource): OrderAmendment =>
  random.below(3) === 0 ? { quantity: quantityText(random) } : kind(distances).prices;
