import { sideOf, type Order, type OrderType } from '../order.ts';

/**
 * What decides when a standing order is due, and at what price. Prices in minor units of the order's `priceScale`, times in ISO 8601
 * UTC with milliseconds, which sort as text.
 */
export interface TriggerTerms extends Pick<Order, 'createdAt' | 'limitPriceMinor' | 'maxPriceMinor'> {
  readonly orderType: OrderType;
  /** The stop of a stop order and of the stop side of an OCO; the target of a take-profit. */
  readonly stopPriceMinor?: bigint;
  /** The limit at which the stop side of an OCO works on once its stop has been touched. */
  readonly stopLimitPriceMinor?: bigint;
  /** How far a trail follows, as an amount or in basis points of the watermark: one of the two. */
  readonly trailAmountMinor?: bigint;
  readonly trailBps?: number;
  /** The watermark at `activeAsOf`: the highest price of a sell's trail, the lowest of a buy's. Ticks never rewrite it. */
  readonly watermarkMinor?: bigint;
  /** `asOf` of the newest tick that was accepted when the order was placed or repriced. */
  readonly activeAsOf: string;
  /** When its prices, or a larger quantity, were last set by an amendment. */
  readonly repricedAt?: string;
  /** `asOf` of the tick from which a touched stop works as a limit. */
  readonly triggeredAt?: string;
  /** Exclusive: a tick of this very moment fills nothing. */
  readonly expiresAt: string;
  /** The entry of the bracket whose exit this is. */
  readonly parentOrderId?: string;
}

/** An accepted price of an asset, as far as triggers go. */
export interface TriggerTick {
  readonly asOf: string;
  readonly priceMinor: bigint;
  /** Accepted in time, within the band, while the asset was ACTIVE: others move nothing. */
  readonly executable: boolean;
  /** Accepted while triggers were paused: it moves watermarks and triggers nothing. */
  readonly paused?: boolean;
}

const BPS = 10_000n;

/** After when a tick may trigger: no price that was observed before the order was placed, repriced, or began to work as a limit. */
export function sinceOf({ activeAsOf, repricedAt, triggeredAt, createdAt, parentOrderId }: TriggerTerms): string {
  // An exit is placed by the fill of its entry, at whatever time that is written: the tick of the fill is its beginning.
  const placedAt = parentOrderId === undefined ? createdAt : activeAsOf;

  return [repricedAt ?? placedAt, triggeredAt ?? ''].reduce((latest, at) => (at > latest ? at : latest), activeAsOf);
}

/**
 * The price at which a trail triggers while its watermark is this one: `H − d` or ⌊H·(10⁴ − b)/10⁴⌋ for a sell, `W + d` or
 * ⌈W·(10⁴ + b)/10⁴⌉ for a buy. Exactly what is shown triggers, since prices are whole minor units.
 */
export function trailStopOf(
  { orderType, trailAmountMinor, trailBps }: Pick<TriggerTerms, 'orderType' | 'trailAmountMinor' | 'trailBps'>,
  watermarkMinor: bigint,
): bigint {
  const isSell = sideOf(orderType) === 'SELL';
  if (trailAmountMinor !== undefined)
    return isSell ? watermarkMinor - trailAmountMinor : watermarkMinor + trailAmountMinor;

  const bps = BigInt(trailBps ?? 0);
  return isSell ? (watermarkMinor * (BPS - bps)) / BPS : (watermarkMinor * (BPS + bps) + BPS - 1n) / BPS;
}

/**
 * The most that a stop or trailing buy pays unless its owner says otherwise: ⌈trigger·(10⁴ + collarBps)/10⁴⌉ at the price scale.
 *
 * @param triggerMinor - the price that would trigger it when it is placed.
 */
export const collarOf = (triggerMinor: bigint, collarBps: number): bigint =>
  (triggerMinor * (BPS + BigInt(collarBps)) + BPS - 1n) / BPS;

/**
 * The limit at which an order fills as a limit order: that of a LIMIT, of a stop-limit and of an OCO once its stop has been touched;
 * `undefined` while it does not work as one.
 */
export function workingLimitOf(order: TriggerTerms): bigint | undefined {
  const { orderType, limitPriceMinor, stopLimitPriceMinor, triggeredAt } = order;
  if (isLimit(orderType)) return limitPriceMinor;
  if (triggeredAt === undefined) return undefined;

  const isSell = sideOf(orderType) === 'SELL';
  return [limitPriceMinor, stopLimitPriceMinor].reduce((working, limit) => {
    if (working === undefined || limit === undefined) return working ?? limit;
    return isSell === limit < working ? limit : working;
  });
}

export const isLimit = (orderType: OrderType): boolean => orderType.startsWith('LIMIT_');
export const isOco = (orderType: OrderType): boolean => orderType.startsWith('OCO_');
export const isTakeProfit = (orderType: OrderType): boolean => orderType.startsWith('TAKE_PROFIT_');
