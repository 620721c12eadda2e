import { setImmediate } from 'node:timers/promises';
import type { ManualClock } from '@cnop/utils';

/** Time that passes only while all who work wait for it. */
export interface VirtualTime {
  /** For the sleeps of a database. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Runs a request, during which no time passes. */
  request<TResult>(send: () => Promise<TResult>): Promise<TResult>;
}

/** Turns of the event loop without a request after which all wait: what is between two requests takes fewer. */
const idleTurns = 20;

/** Makes time of a clock: it goes on to the next end of a sleep once no request is under way. */
export function createVirtualTime(clock: ManualClock): VirtualTime {
  const sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  let [underWay, begun, turning] = [0, 0, false];

  const turn = async () => {
    turning = true;
    while (sleepers.length > 0) {
      const before = begun;
      for (let turns = 0; turns < idleTurns; turns += 1) await setImmediate();
      if (underWay > 0 || begun !== before) continue;

      sleepers.sort((a, b) => b.until - a.until);
      const next = sleepers.pop();
      if (next) clock.set(new Date(Math.max(next.until, clock.now().getTime())));
      next?.wake();
    }
    turning = false;
  };

  return {
    sleep: (ms) =>
      new Promise((wake) => {
        sleepers.push({ until: clock.now().getTime() + ms, wake });
        if (!turning) void turn();
      }),
    request: async (send) => {
      underWay += 1;
      begun += 1;
      try {
        return await send();
      } finally {
        underWay -= 1;
      }
    },
  };
}
