import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Actor, Backend } from './backend.ts';

export interface VirtualTime extends Pick<Backend, 'sleep' | 'startActor' | 'complete'> {
  readonly now: () => number;
}

/** In turns of the event loop; after that a turn lasts a millisecond, so as to leave the processor to real work such as a hash. */
const quickTurns = 20;
const unfinished = Symbol('unfinished');

export function createVirtualTime(startMs: number, { mostTurns = 20_000 } = {}): VirtualTime {
  const events: { readonly at: number; readonly happen: () => void }[] = [];
  const waits = new Map<Actor, number>();
  let now = startMs;

  const isQuiet = () => [...waits.values()].every((count) => count > 0);
  /** A turn of the event loop empties the queue of promises, which is all there is to do apart from hashes and files. */
  const settle = async () => {
    for (let turn = 0; turn === 0 || !isQuiet(); turn += 1) {
      if (turn > mostTurns) throw new Error('A task waits for something that is not in virtual time.');
      await (turn < quickTurns ? setImmediate() : setTimeout(1));
    }
  };

  return {
    now: () => now,
    /** Of two that end at one moment the one that began first ends first. */
    sleep: (ms) =>
      new Promise((resolve) => {
        const at = now + ms;
        events.splice(events.findLastIndex((event) => event.at <= at) + 1, 0, { at, happen: resolve });
      }),
    startActor: () => {
      const count = (change: number) => {
        const present = waits.get(actor);
        if (present !== undefined) waits.set(actor, present + change);
      };
      const actor: Actor = {
        wait: (work) => {
          count(1);
          return work.finally(() => {
            count(-1);
          });
        },
        end: () => void waits.delete(actor),
      };
      waits.set(actor, 0);
      return actor;
    },
    complete: async (work) => {
      // Its failure is told at the end.
      work.catch(() => undefined);

      await settle();
      for (let event = events.shift(); event; event = events.shift()) {
        now = event.at;
        event.happen();
        await settle();
      }
      const result = await Promise.race([work, setImmediate(unfinished)]);
      if (result === unfinished) throw new Error('A task waits for something that never comes.');
      return result;
    },
  };
}
