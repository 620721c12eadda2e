import { setImmediate, setTimeout } from 'node:timers/promises';

/** Time that passes only from one event to the next. */
export interface VirtualTime {
  /** Milliseconds since 1970, as they stand. */
  readonly now: () => number;
  /** Does something in so many milliseconds. Of two things at one moment the one that was asked for first comes first. */
  after(delayMs: number, action: () => void): void;
  /** Lets event after event happen until there is none left. Between two, everybody does what there is to do at that moment. */
  run(): Promise<void>;
  /** Has `run` wait for somebody: until `isWaiting` says so there is something to do at this moment. */
  watch(actor: Actor): void;
  /** Has `run` no longer wait for it. */
  unwatch(actor: Actor): void;
}

/** Somebody who acts in virtual time. */
export interface Actor {
  /** Whether it can do nothing before the next event. */
  isWaiting(): boolean;
}

interface Event {
  readonly at: number;
  readonly action: () => void;
}

/** In turns of the event loop; after that a turn lasts a millisecond, so as to leave the processor to real work such as a hash. */
const quickTurns = 20;

/** A virtual time that starts at a moment. */
export function createVirtualTime(startMs: number, { mostTurns = 20_000 } = {}): VirtualTime {
  const events: Event[] = [];
  const actors = new Set<Actor>();
  let now = startMs;

  const isQuiet = () => [...actors].every((actor) => actor.isWaiting());
  /** A turn of the event loop empties the queue of promises, which is all there is to do apart from hashes and files. */
  const settle = async () => {
    for (let turn = 0; turn === 0 || !isQuiet(); turn += 1) {
      if (turn > mostTurns) throw new Error('Somebody waits for something that is not in virtual time.');
      await (turn < quickTurns ? setImmediate() : setTimeout(1));
    }
  };

  return {
    now: () => now,
    after: (delayMs, action) => {
      const at = now + delayMs;
      events.splice(events.findLastIndex((event) => event.at <= at) + 1, 0, { at, action });
    },
    run: async () => {
      await settle();
      for (let event = events.shift(); event; event = events.shift()) {
        now = event.at;
        event.action();
        await settle();
      }
    },
    watch: (actor) => void actors.add(actor),
    unwatch: (actor) => void actors.delete(actor),
  };
}
