import type { Tick } from '@cnop/entities-inventory';
import {
  createOrderJudge,
  type Due,
  type StandingOrder,
  type WatermarkKind,
  type WatermarkLadder,
} from '@cnop/entities-order';
import { isBefore, markAt } from '../standing/judge-by-log.ts';
import type { TickWindow } from './tick-window.ts';

/** The ticks in work, and what was known before the first of them. */
export interface TickBatch {
  /** In order, without a gap. */
  readonly ticks: readonly Tick[];
  /** The tick before the first: up to it all is worked off. */
  readonly after: string | undefined;
  /** The watermarks as of that tick. */
  readonly ladders: Readonly<Record<WatermarkKind, WatermarkLadder>>;
  readonly window: Pick<TickWindow, 'after'>;
}

/** What the ticks in work make of an order. */
export interface JudgedInWindow {
  readonly due?: Due;
  /** Whether a tick at or after its expiry is among them. */
  readonly isPast: boolean;
}

/**
 * Judges an order that was found while ticks are in work: one that may have been found late over every tick since its own beginning, any
 * other over the ticks in work, with the watermark as it was before them.
 */
export async function judgeInWindow(order: StandingOrder, batch: TickBatch): Promise<JudgedInWindow> {
  const { after, ladders } = batch;
  const isSettled = after !== undefined && isBefore(order, after);
  const known = isSettled
    ? { ...order, activeAsOf: after, ...markAt(order, { high: ladders.HIGH, low: ladders.LOW }) }
    : order;
  const ticks = !isSettled ? await batch.window.after(order.activeAsOf) : batch.ticks;
  const judge = createOrderJudge(known);
  const last = batch.ticks.at(-1)?.asOf ?? '';

  for (const tick of ticks) {
    if (tick.asOf > last) break;
    const due = judge.next(tick);
    if (due) return { due, isPast: false };
  }
  return { isPast: judge.isPast };
}
