import { sideOf } from '../order.ts';
import {
  isOco,
  isTakeProfit,
  isTrail,
  sinceOf,
  trailStopOf,
  workingLimitOf,
  type TriggerTerms,
  type TriggerTick,
} from './trigger-terms.ts';

/**
 * What a tick does to an order: fills it whole at the tick's price; fails it, because the price is beyond what the buyer agreed to; or
 * touches the stop of a stop-limit whose limit the price does not meet, which works on as a limit order from then.
 */
export type DueAction = 'FILL' | 'EXCEED_COLLAR' | 'WORK_AS_LIMIT';

/** The tick at which an order is due. */
export interface Due {
  readonly tick: TriggerTick;
  readonly action: DueAction;
}

/** Judges an order tick by tick. */
export interface OrderJudge {
  /** What the next tick does; `undefined` for nothing. Ticks come in ascending `asOf`; what was due stays the first only. */
  next(tick: TriggerTick): Due | undefined;
  /** The watermark as of the last tick, of a trail; see `TriggerTerms`. */
  readonly watermarkMinor: bigint | undefined;
  /** Whether a tick at or after `expiresAt` has been seen: from then on nothing is due. */
  readonly isPast: boolean;
}

/** Makes the judge of an order, at its beginning: see {@link TriggerTerms}. */
export function createOrderJudge(order: TriggerTerms): OrderJudge {
  const since = sinceOf(order);
  const isSell = sideOf(order.orderType) === 'SELL';
  let watermarkMinor = order.watermarkMinor;
  let isPast = false;

  return {
    next: (tick) => {
      isPast ||= tick.asOf >= order.expiresAt;
      if (isPast || !tick.executable || tick.asOf <= order.activeAsOf) return undefined;
      const { priceMinor } = tick;
      if (watermarkMinor === undefined || (isSell ? priceMinor > watermarkMinor : priceMinor < watermarkMinor))
        watermarkMinor = priceMinor;
      if (tick.paused || tick.asOf <= since) return undefined;

      const action = actionAt(order, priceMinor, watermarkMinor);
      return action && { tick, action };
    },
    get watermarkMinor() {
      return watermarkMinor;
    },
    get isPast() {
      return isPast;
    },
  };
}

/**
 * What a price does to an order that has this watermark, whenever it was observed. Of an OCO whose two sides both meet it the profit
 * side comes first.
 */
export function actionAt(order: TriggerTerms, priceMinor: bigint, watermarkMinor: bigint): DueAction | undefined {
  const isSell = sideOf(order.orderType) === 'SELL';
  /** As good for the owner as that price, or better. */
  const meets = (limit: bigint | undefined) =>
    limit !== undefined && (isSell ? priceMinor >= limit : priceMinor <= limit);
  /** As bad as that price, or worse. */
  const touches = (stop: bigint | undefined) =>
    stop !== undefined && (isSell ? priceMinor <= stop : priceMinor >= stop);

  const working = workingLimitOf(order);
  if (working !== undefined) return meets(working) ? 'FILL' : undefined;
  if (isTakeProfit(order.orderType)) return meets(order.stopPriceMinor) ? 'FILL' : undefined;
  if (isOco(order.orderType) && meets(order.limitPriceMinor)) return 'FILL';
  if (!touches(stopOf(order, watermarkMinor))) return undefined;

  const limit = isOco(order.orderType) ? order.stopLimitPriceMinor : order.limitPriceMinor;
  if (limit !== undefined) return meets(limit) ? 'FILL' : 'WORK_AS_LIMIT';
  return order.maxPriceMinor !== undefined && priceMinor > order.maxPriceMinor ? 'EXCEED_COLLAR' : 'FILL';
}

/** The stop as it is at a watermark. */
export const stopOf = (order: TriggerTerms, watermarkMinor: bigint): bigint | undefined =>
  isTrail(order) ? trailStopOf(order, watermarkMinor) : order.stopPriceMinor;
