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
