import { createDatabase, deleteTables, ensureTables, type Database } from '@cnop/database-core';
import { getAssetDao, type AssetDao } from '@cnop/dao-inventory';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import { isolatedTables, startDynamoDb } from '@cnop/testing';
import { createIds, createManualClock, type ManualClock } from '@cnop/utils';
import { listStocks } from './sample-market.ts';
import type { Random } from './strategy.ts';

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
 * Starts a DynamoDB of its own, unless the environment names one, and lists the stocks. Time is `start` and moves by hand;
 * the random part of ids is drawn from `random`.
 */
export async function openMarket(start: string, random: Random): Promise<Market> {
  const dynamoDb = await startDynamoDb({ prefer: ['embedded', 'java', 'docker'] });
  const { region, endpoint, credentials, backend } = dynamoDb;
  const clock = createManualClock(start);
  const database = createDatabase({
    region,
    endpoint,
    credentials,
    tables: isolatedTables(['users', 'ledger', 'orders', 'inventory'], 'demo'),
    clock,
    ids: createIds({ clock, random: (count) => Uint8Array.from({ length: count }, () => Math.floor(256 * random())) }),
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
    return { database, assets, clock, backend, close };
  } catch (error) {
    await close();
    throw error;
  }
}
