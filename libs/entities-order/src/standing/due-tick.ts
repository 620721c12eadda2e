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

/**
 * The first tick that is due for an order, or `undefined`: after {@link sinceOf} and before `expiresAt`, executable and not paused, at a
 * price that meets its condition; equality meets it. The order is filled at that tick's price however much later it is found.
 *
 * Pure: whoever asks, whenever and however often, with the same ticks gets the same one.
 *
 * @param ticks - of the order's asset in ascending `asOf`, from `activeAsOf` on without a gap; earlier ones are passed over.
 */
export function dueTick(order: TriggerTerms, ticks: Iterable<TriggerTick>): Due | undefined {
  const since = sinceOf(order);
  const isSell = sideOf(order.orderType) === 'SELL';
  let watermark = order.watermarkMinor;

  for (const tick of ticks) {
    if (tick.asOf >= order.expiresAt) return undefined;
    if (!tick.executable || tick.asOf <= order.activeAsOf) continue;
    const { priceMinor } = tick;
    if (watermark === undefined || (isSell ? priceMinor > watermark : priceMinor < watermark)) watermark = priceMinor;
    if (tick.paused || tick.asOf <= since) continue;

    const action = actionAt(order, priceMinor, watermark);
    if (action) return { tick, action };
  }
  return undefined;
}

/** What a price does to an order that has this watermark. Of an OCO whose two sides both meet it the profit side comes first. */
function actionAt(order: TriggerTerms, priceMinor: bigint, watermark: bigint): DueAction | undefined {
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
  if (!touches(stopOf(order, watermark))) return undefined;

  const limit = isOco(order.orderType) ? order.stopLimitPriceMinor : order.limitPriceMinor;
  if (limit !== undefined) return meets(limit) ? 'FILL' : 'WORK_AS_LIMIT';
  return order.maxPriceMinor !== undefined && priceMinor > order.maxPriceMinor ? 'EXCEED_COLLAR' : 'FILL';
}

/** The stop as it is at a watermark. */
export function stopOf(order: TriggerTerms, watermark: bigint): bigint | undefined {
  return isTrail(order) ? trailStopOf(order, watermark) : order.stopPriceMinor;
}
