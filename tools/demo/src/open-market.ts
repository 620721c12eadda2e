import { createDatabase, deleteTables, ensureTables } from '@cnop/database-core';
import { getAssetDao } from '@cnop/dao-inventory';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import { isolatedTables, startDynamoDb } from '@cnop/testing';
import { createIds, createManualClock } from '@cnop/utils';
import { listStocks } from './sample-market.ts';
import type { Random } from './strategy.ts';

/** A DynamoDB with empty tables and the sample stocks, at a time of its own. */
export type Market = Awaited<ReturnType<typeof openMarket>>;

const shapes = [usersTableShape, ledgerTableShape, ordersTableShape, inventoryTableShape];

/**
 * Starts a DynamoDB of its own, unless the environment names one, and lists the stocks. Time is `start` and moves by hand;
 * the random part of ids is drawn from `random`.
 */
export async function openMarket(start: string, random: Random) {
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
  /** Deletes the tables and ends the DynamoDB, if it is the market's own. */
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
