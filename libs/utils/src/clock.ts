/**
 * Where the time comes from. Everything that needs the time takes one, so that tests and replays decide what time it
 * is.
 */
export interface Clock {
  /** The present moment, as a date that the caller may keep and change. */
  now(): Date;
}

/** The clock of the machine. */
export const systemClock: Clock = { now: () => new Date() };

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

/** Waits for that many milliseconds. Everything that waits takes one, so that tests need not. */
export type Sleep = (ms: number) => Promise<void>;

/** Waits by the machine's timers. */
export const sleep: Sleep = (ms) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
