import { createWorld, type World } from '@cnop/simulation';
import type { AccountEvent } from '../history/account-model.ts';
import type { Amounts } from '../history/amounts.ts';
import type { HistoryEntry } from '../linearizability/history.ts';

/** What somebody saw of an account. */
export interface Sighting extends HistoryEntry<AccountEvent> {
  readonly owner: string;
}

/** What all clients of a round share. */
export interface RoundWorld extends World {
  /** The price of the asset throughout the round, in minor units. */
  readonly priceMinor: number;
  /** What each order changes in its account when it is carried out, by its id. */
  readonly orderChanges: Map<string, Amounts>;
  readonly sightings: Sighting[];
  /** Numbers what happens, in its order: a clock on which no two moments are the same. */
  readonly tick: () => number;
}

/** A round in which nothing has happened yet. */
export function createRoundWorld(accounts: number, priceMinor: number): RoundWorld {
  let ticks = 0;

  return {
    ...createWorld(accounts),
    priceMinor,
    orderChanges: new Map(),
    sightings: [],
    tick: () => {
      ticks += 1;
      return ticks;
    },
  };
}
