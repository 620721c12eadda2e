import { createDatabase, deleteTables, ensureTables, type Database } from '@cnop/database-core';
import { getAssetDao, type AssetDao } from '@cnop/dao-inventory';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import { listStocks } from '@cnop/sample-market';
import { isolatedTables, startDynamoDb } from '@cnop/testing';
import { createIds, createManualClock, type ManualClock } from '@cnop/utils';
import type { RandomSource } from './random-source.ts';

/** A DynamoDB with empty tables and the sample stocks, at a time of its own. */
export interface Market {
  readonly database: Database;
  readonly assets: AssetDao;
  readonly clock: ManualClock;
  /** Which DynamoDB it is. */
  readonly backend: string;
  /** Deletes the tables and ends the DynamoDB, if it is the market's own. */
  close(): Promise<void>;
}

const shapes = [usersTableShape, ledgerTableShape, ordersTableShape, inventoryTableShape];

/**
 * Starts a DynamoDB of its own, unless the environment names one, and lists the stocks. Time stands at `start` and moves by hand;
 * ids take their chance from `random`.
 */
export async function openMarket(start: string, random: RandomSource): Promise<Market> {
  const dynamoDb = await startDynamoDb({ prefer: ['embedded', 'java', 'docker'] });
  const clock = createManualClock(start);
  const database = createDatabase({
    region: dynamoDb.region,
    endpoint: dynamoDb.endpoint,
    credentials: dynamoDb.credentials,
    tables: isolatedTables(['users', 'ledger', 'orders', 'inventory'], 'demo'),
    clock,
    ids: createIds({ clock, random: (count) => random.bytes(count) }),
  });
  const close = async () => {
    try {
      await deleteTables(database, shapes);
    } finally {
      database.close();
      await dynamoDb.stop();
    }
  };

  try {
    await ensureTables(database, shapes);
    const assets = getAssetDao(database);
    await listStocks(assets);
    return { database, assets, clock, backend: dynamoDb.backend, close };
  } catch (error) {
    await close();
    throw error;
  }
}
