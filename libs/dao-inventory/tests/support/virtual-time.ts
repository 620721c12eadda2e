import type { ManualClock, Sleep } from '@cnop/utils';

/** Time that passes only while all that goes on side by side is asleep: it jumps to whoever wakes up first. */
export interface VirtualTime {
  readonly sleep: Sleep;
  /** Runs tasks side by side, each of which sleeps by {@link VirtualTime.sleep} and never twice at once. */
  run(tasks: readonly (() => Promise<void>)[]): Promise<void>;
}

/** @param clock - is moved to the time of each who wakes up. */
export function createVirtualTime(clock: ManualClock): VirtualTime {
  const asleep: { readonly until: number; readonly wake: () => void }[] = [];
  let running = 0;

  const wakeFirst = () => {
    if (running === 0 || asleep.length < running) return;

    const first = asleep.reduce((earliest, each) => (each.until < earliest.until ? each : earliest));
    asleep.splice(asleep.indexOf(first), 1);
    clock.set(new Date(Math.max(first.until, clock.now().getTime())));
    first.wake();
  };

  return {
    sleep: (ms) =>
      new Promise((wake) => {
        asleep.push({ until: clock.now().getTime() + ms, wake });
        wakeFirst();
      }),
    run: async (tasks) => {
      running = tasks.length;
      await Promise.all(
        tasks.map(async (task) => {
          await task().finally(() => {
            running -= 1;
            wakeFirst();
          });
        }),
      );
    },
  };
}
