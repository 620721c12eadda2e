import type { RawItem } from '@cnop/database-core';
import { TICK_KEPT_MS, type Tick } from '@cnop/entities-inventory';
import { dueTick, isStanding, isTrail, type Order, type OrderFill, type StandingOrder } from '@cnop/entities-order';
import type { BrokenInvariant } from './broken-invariant.ts';
import { clocksApartMs } from './item-findings.ts';
import { orderFinding } from './order-findings.ts';
import { isStored, readTick, type Stored } from './reading.ts';

/** The log of ticks, as far as an order was filled on it. */
export interface FillLog {
  readonly tickOf: (asOf: string) => RawItem | undefined;
  readonly now: Date;
}

/** The fills that name a tick which could not make them. */
export function tickFillFindings({ value: order, raw }: Stored<Order>, { tickOf, now }: FillLog): BrokenInvariant[] {
  return order.fills.flatMap((fill) => {
    const { tickAsOf, transactionId } = fill;
    if (tickAsOf === undefined) return [];
    const finding = (expected: string, rawTick?: RawItem) => [
      orderFinding('fill-outside-terms', order, {
        items: [raw, rawTick],
        transactionId,
        expected,
        found: fillText(fill),
      }),
    ];
    if (!isStanding(order)) return finding('no tick, for the order never waited for one');

    const rawTick = tickOf(tickAsOf);
    if (!rawTick) return mayHaveExpired(tickAsOf, now) ? [] : finding('a tick of the log');
    const tick = readTick(rawTick);
    if (!isStored(tick)) return [];

    const expected = problemOf(order, fill, tick.value);
    return expected === undefined ? [] : finding(expected, rawTick);
  });
}

const fillText = ({ priceMinor, tickAsOf = 'no tick' }: OrderFill): string => `${priceMinor.toString()} at ${tickAsOf}`;

/** Whether a tick may be kept no more. One that can be traded on was accepted at most so long before it was observed. */
export const mayHaveExpired = (asOf: string, now: Date): boolean =>
  Date.parse(asOf) <= now.getTime() - TICK_KEPT_MS + clocksApartMs;

/** What the tick would have to be. That of a trail is judged by itself only where the watermark of its beginning is enough. */
function problemOf(order: StandingOrder, fill: OrderFill, tick: Tick): string | undefined {
  if (tick.priceMinor !== fill.priceMinor) return `the price of the tick, ${tick.priceMinor.toString()}`;
  if (!tick.executable || tick.paused) return 'a tick that triggers';
  if (isTrail(order)) return undefined;

  return actionAt(order, tick) === 'FILL' ? undefined : 'a tick that makes the order due';
}

/** What the tick does to the order; of one whose terms are none, nothing. */
function actionAt(order: StandingOrder, tick: Tick): string | undefined {
  try {
    return dueTick(order, [tick])?.action;
  } catch {
    return undefined;
  }
}
