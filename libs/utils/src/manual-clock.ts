import type { Clock } from './clock.ts';

/** A clock that stands still until it is told to move. */
export interface ManualClock extends Clock {
  /** Moves the clock to a moment, forwards or backwards. */
  set(time: string | Date): void;
  /** Moves the clock by that many milliseconds; backwards when negative. */
  advance(ms: number): void;
}

/**
 * Makes a clock that stands still at `start` until `set` or `advance` moves it: for tests and for replaying history.
 *
 * @param start - a `Date`, or a text that `Date` reads; write it as ISO 8601 UTC.
 * @throws RangeError here, in `set` and in `advance` when the result is not a moment that `Date` can hold; the clock
 *   then stays as it was.
 */
export function createManualClock(start: string | Date): ManualClock {
  let timeMs = momentOf(start);

  return {
    now: () => new Date(timeMs),
    set: (time) => {
      timeMs = momentOf(time);
    },
    advance: (ms) => {
      timeMs = momentOf(new Date(timeMs + ms));
    },
  };
}

function momentOf(time: string | Date): number {
  const timeMs = new Date(time).getTime();
  if (Number.isNaN(timeMs)) {
    throw new RangeError('A clock needs a valid date.');
  }
  return timeMs;
}
