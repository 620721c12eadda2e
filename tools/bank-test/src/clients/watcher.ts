import { setTimeout } from 'node:timers/promises';
import type { Violation } from '@cnop/simulation';
import type { Database } from '@cnop/database-core';
import { readSnapshot, sightingsOf } from './look.ts';
import type { RoundWorld } from './round-world.ts';

/** Somebody who looks at all accounts at one instant, again and again. */
export interface Watcher {
  /** Ends it, and tells what it has seen. */
  stop(): Promise<WatchReport>;
}

/** What a watcher has seen. */
export interface WatchReport {
  readonly snapshots: number;
  readonly violations: readonly Violation[];
}

const pauseMs = 20;

/** Watches from now on; what it sees goes into the histories of the accounts. */
export function startWatcher(database: Database, owners: readonly string[], world: RoundWorld): Watcher {
  const violations: Violation[] = [];
  let snapshots = 0;
  let isWatching = true;

  const watch = async () => {
    while (isWatching) {
      const invokedAt = world.tick();
      const seen = await readSnapshot(database, owners);
      world.sightings.push(...sightingsOf(seen, { invokedAt, returnedAt: world.tick() }));
      snapshots += 1;
      violations.push(
        ...seen.flatMap(({ problem }): Violation[] => (problem ? [{ rule: 'negative balance', detail: problem }] : [])),
      );
      await setTimeout(pauseMs);
    }
    return { snapshots, violations };
  };
  const watching = watch();
  // Its failure is told by stop().
  watching.catch(() => undefined);

  return {
    stop: () => {
      isWatching = false;
      return watching;
    },
  };
}
