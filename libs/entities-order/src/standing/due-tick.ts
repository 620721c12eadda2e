import { createOrderJudge, type Due } from './order-judge.ts';
import type { TriggerTerms, TriggerTick } from './trigger-terms.ts';

/**
 * The first tick that is due for an order, or `undefined`: after {@link sinceOf} and before `expiresAt`, executable and not paused, at a
 * price that meets its condition; equality meets it. The order is filled at that tick's price however much later it is found.
 *
 * Pure: whoever asks, whenever and however often, with the same ticks gets the same one.
 *
 * @param ticks - of the order's asset in ascending `asOf`, from `activeAsOf` on without a gap; earlier ones are passed over.
 */
export function dueTick(order: TriggerTerms, ticks: Iterable<TriggerTick>): Due | undefined {
  const judge = createOrderJudge(order);

  for (const tick of ticks) {
    const due = judge.next(tick);
    if (due || judge.isPast) return due;
  }
  return undefined;
}
