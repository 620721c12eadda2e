import { AssetDao, type NewAsset } from '@cnop/dao-inventory';
import {
  createDatabase,
  ensureTables,
  readItem,
  readItems,
  type Database,
  type DatabaseOptions,
  type RawItem,
} from '@cnop/database-core';
import type { Asset } from '@cnop/entities-inventory';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { assetKey, tickKey } from '@cnop/entities-inventory/table';
import { makeAssetCreate } from '@cnop/entities-inventory/testing';
import { createManualClock, type ManualClock } from '@cnop/utils';
import { createFaultInjector, type FaultInjector, isolatedTables, testConnection, withoutStreams } from '@cnop/testing';

/** The DAO on an inventory table of the test file's own. */
export interface TestStore {
  readonly database: Database;
  readonly clock: ManualClock;
  readonly assets: AssetDao;
  /** The same DAO over a connection of its own. */
  connect(options: Partial<DatabaseOptions>): AssetDao;
  /** That, with a connection whose requests fail by script; it never waits between attempts. */
  faulty(maxAttempts?: number): { readonly http: FaultInjector; readonly assets: AssetDao };
  /** A request for an asset under an id that no other test uses. */
  freshAsset(overrides?: Partial<NewAsset>): NewAsset;
  create(overrides?: Partial<NewAsset>): Promise<Asset>;
  /** The item as stored. */
  readRaw(assetId: string): Promise<RawItem | undefined>;
  /** The items of the ticks of those times, as stored. */
  readRawTicks(assetId: string, ...asOf: readonly string[]): Promise<RawItem[]>;
}

/** Opens a store before the tests of the file, and closes it after them. */
export function useTestStore(): TestStore {
  const clock = createManualClock('2026-01-05T09:30:00.000Z');
  const connection = {
    ...testConnection(),
    tables: isolatedTables(['inventory']),
    clock,
  };
  const database = createDatabase(connection);
  const opened = [database];
  const assets = new AssetDao({ database });
  let made = 0;

  beforeAll(() => ensureTables(database, withoutStreams([inventoryTableShape])));
  afterAll(() => opened.forEach((each) => each.close()));

  const connect: TestStore['connect'] = (options) => {
    const another = createDatabase({ ...connection, ...options });

    opened.push(another);
    return new AssetDao({ database: another });
  };
  const freshAsset: TestStore['freshAsset'] = (overrides) => {
    made += 1;
    return { ...makeAssetCreate({ assetId: `TEST-${made}` }), ...overrides };
  };

  return {
    database,
    clock,
    assets,
    freshAsset,
    create: (overrides) => assets.createAsset(freshAsset(overrides)),
    readRaw: (assetId) => readItem(database, { tableName: connection.tables.inventory, key: { ...assetKey(assetId) } }),
    readRawTicks: (assetId, ...asOf) =>
      readItems(database, { tableName: connection.tables.inventory, keys: asOf.map((at) => tickKey(assetId, at)) }),
    connect,
    faulty: (maxAttempts = 4) => {
      const http = createFaultInjector();
      const sleep = () => Promise.resolve();

      return { http, assets: connect({ requestHandler: http, retry: { maxAttempts }, sleep }) };
    },
  };
}
