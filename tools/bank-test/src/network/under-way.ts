import { setImmediate } from 'node:timers/promises';

/** Everything that is on its way. */
export interface UnderWay {
  /** Takes note of something until it has ended; gives it back. */
  track<TResult>(work: Promise<TResult>): Promise<TResult>;
  /** Resolves when nothing is on its way any more. */
  settled(): Promise<void>;
}

/** Nothing is on its way yet. */
export function createUnderWay(): UnderWay {
  const present = new Set<Promise<unknown>>();

  return {
    track: (work) => {
      const forget = () => present.delete(work);
      present.add(work);
      work.then(forget, forget);
      return work;
    },
    settled: async () => {
      while (present.size > 0) {
        await Promise.allSettled(present);
        // What has ended may be what another thing has waited for before it begins.
        await setImmediate();
      }
    },
  };
}
