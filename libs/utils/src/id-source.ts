import { randomBytes } from 'node:crypto';
import { monotonicFactory } from 'ulid';
import { v5, v7 } from 'uuid';
import { type Clock, systemClock } from './clock.ts';

/** Where new ids come from. */
export interface IdSource {
  /** A UUIDv7: sorts by the millisecond it was made in; the order within one millisecond is random. */
  uuid(): string;
  /**
   * A ULID: each one sorts after all that this source gave before, even within a millisecond or when the clock steps
   * back by up to 5 s. Beyond that the clock was wrong before, and ids tell the right time again.
   */
  ulid(): string;
}

/** What {@link createIds} takes its time and its randomness from. */
export interface IdSourceOptions {
  /** Default: {@link systemClock}. */
  readonly clock?: Clock;
  /** Gives that many random bytes. Default: those of `node:crypto`. */
  readonly random?: (bytes: number) => Uint8Array;
}

const ENTROPY_BYTES = 16;

/**
 * Makes a source of ids. With a manual clock and a seeded `random`, the same ids come in every run.
 *
 * Two sources, or two processes, may give ids of one millisecond in any order; that they are not the same rests on 73
 * random bits in a UUID and 80 in a ULID.
 *
 * @throws RangeError from `uuid` and `ulid` when the clock reads a time before 1970 or past the year 10889, which no id
 *   can hold.
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7
 * @see https://github.com/ulid/spec
 */
export function createIds({ clock = systemClock, random = randomBytes }: IdSourceOptions = {}): IdSource {
  const fractions = createFractions(random);
  let nextUlid = monotonicFactory(fractions);
  let latest = 0;

  return {
    uuid: () => v7({ msecs: readTime(clock), random: random(ENTROPY_BYTES) }),
    ulid: () => {
      const time = readTime(clock);
      if (latest - time > MAX_STEP_BACK_MS) {
        nextUlid = monotonicFactory(fractions);
        latest = time;
      }
      latest = Math.max(latest, time);
      return nextUlid(time);
    },
  };
}

/** A clock that is set by a time service steps back by less than that. */
const MAX_STEP_BACK_MS = 5_000;

const MAX_TIME_MS = 2 ** 48 - 1;

function readTime(clock: Clock): number {
  const timeMs = clock.now().getTime();
  if (!(timeMs > 0 && timeMs <= MAX_TIME_MS)) {
    throw new RangeError('The clock reads a time that an id cannot hold.');
  }
  return timeMs;
}

/** Fractions from 0 to below 1 in steps of 1/256, drawn 16 bytes at a time because each draw is costly. */
function createFractions(random: (bytes: number) => Uint8Array): () => number {
  let pool: Uint8Array = new Uint8Array();
  let used = 0;

  return () => {
    if (used >= pool.length) {
      pool = random(ENTROPY_BYTES);
      used = 0;
    }
    const byte = pool[used] ?? 0;
    used += 1;
    return byte / 256;
  };
}

/**
 * Derives an id from a name (UUIDv5): the same name in the same namespace is always the same id, in every process and
 * permanently.
 *
 * Join the parts of a name by a character that none of them can contain, else two names may become one.
 *
 * @param namespace - a UUID that is fixed for one kind of name.
 * @throws TypeError when the namespace is not a UUID.
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5
 */
export function uuidFromName(name: string, namespace: string): string {
  return v5(name, namespace);
}
