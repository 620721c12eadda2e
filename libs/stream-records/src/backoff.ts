import { fullJitterDelay } from '@cnop/utils';
import { isOver, type Span } from './span.ts';
import type { ReaderContext } from './stream-problem.ts';

/** The wait after failures of one thing: longer with each failure in a row, over with the first success. */
export interface Backoff {
  isOver(): boolean;
  /** Counts a failure; gives how many there were in a row. */
  fail(): number;
  succeed(): void;
}

/** Draws waits with full jitter, by a clock that the poll looks at: nothing sleeps. */
export function createBackoff({ clock, random, retry }: Pick<ReaderContext, 'clock' | 'random' | 'retry'>): Backoff {
  let attempt = 0;
  let wait: Span | undefined;
  const nowMs = () => clock.now().getTime();

  return {
    isOver: () => isOver(wait, nowMs()),
    fail: () => {
      attempt += 1;
      wait = { since: nowMs(), ms: fullJitterDelay(attempt, { ...retry, maxAttempts: Infinity }, random) };
      return attempt;
    },
    succeed: () => {
      attempt = 0;
      wait = undefined;
    },
  };
}
