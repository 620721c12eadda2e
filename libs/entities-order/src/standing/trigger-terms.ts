import { sideOf, type Order, type OrderType } from '../order.ts';

/**
 * What decides when a standing order is due, and at what price. Prices in minor units of the order's `priceScale`, times in ISO 8601
 * UTC with milliseconds, which sort as text.
 *
 * - `stopPriceMinor`: the stop of a stop order and of the stop side of an OCO; the target of a take-profit.
 * - `stopLimitPriceMinor`: the limit at which the stop side of an OCO works on once its stop has been touched.
 * - `trailAmountMinor` or `trailBps`: how far a trail follows, as an amount or in basis points of the watermark.
 * - `watermarkMinor`: the watermark at `activeAsOf`, the highest price of a sell's trail, the lowest of a buy's. Ticks never rewrite it.
 * - `activeAsOf`: `asOf` of the newest tick that was accepted when the order was placed or repriced.
 * - `repricedAt`: when its prices, or a larger quantity, were last set by an amendment.
 * - `triggeredAt`: `asOf` of the tick from which a touched stop works as a limit.
 * - `expiresAt`: exclusive; a tick of this very moment fills nothing.
 * - `parentOrderId`: the entry of the bracket whose exit this is.
 */
export interface TriggerTerms
  extends
    Pick<
      Order,
      | 'orderType'
      | 'createdAt'
      | 'limitPriceMinor'
      | 'maxPriceMinor'
      | 'stopPriceMinor'
      | 'stopLimitPriceMinor'
      | 'trailAmountMinor'
      | 'trailBps'
      | 'watermarkMinor'
      | 'repricedAt'
      | 'triggeredAt'
      | 'parentOrderId'
    >,
    Readonly<Record<'activeAsOf' | 'expiresAt', string>> {}

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

/** Whether it is an order at a limit price alone. */
export const isLimit = (orderType: OrderType): boolean => orderType.startsWith('LIMIT_');
/** Whether it has two sides of which one fills it. */
export const isOco = (orderType: OrderType): boolean => orderType.startsWith('OCO_');
/** Whether it waits for a better price, its `stopPriceMinor`. */
export const isTakeProfit = (orderType: OrderType): boolean => orderType.startsWith('TAKE_PROFIT_');
/** Whether its stop moves with a watermark. */
export const isTrail = ({ trailAmountMinor, trailBps }: Pick<Order, 'trailAmountMinor' | 'trailBps'>): boolean =>
  trailAmountMinor !== undefined || trailBps !== undefined;

/** An order that waits for a price, or did. */
export type StandingOrder = Order & Readonly<Record<'activeAsOf' | 'expiresAt', string>>;

/** Whether an order waits for a price, or did: not a market order. */
export const isStanding = (order: Order): order is StandingOrder =>
  order.activeAsOf !== undefined && order.expiresAt !== undefined;
