import type { Database } from '@cnop/database-core';
import type { WorldNames } from '../world-names.ts';
import { readAsset } from './asset-facts.ts';
import type { Fact } from './fact.ts';
import { readOrders } from './order-facts.ts';
import { readAccess, readAccount, readAddresses } from './read-account.ts';

type Reader = (database: Database, names: WorldNames) => Promise<Fact[]>;

const readers = {
  account: readAccount,
  access: readAccess,
  addresses: readAddresses,
  orders: readOrders,
  asset: readAsset,
} as const satisfies Record<string, Reader>;

/** What can be looked at. */
export type Place = keyof typeof readers;

/** Reads all that is stored of a world, in these places. */
export async function readFacts(database: Database, names: WorldNames, places: readonly Place[]): Promise<Fact[]> {
  const found = await Promise.all(places.map((place) => readers[place](database, names)));

  return found.flat();
}
