import { BatchWriteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { createDatabase, ensureTables } from '@cnop/database-core';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { startDynamoDb, type StartableBackendName } from '@cnop/testing';
import { createItems, ledgerKey, market, orderKey, tables } from './market.ts';

/** A DynamoDB of the benchmark's own. */
export type Store = Awaited<ReturnType<typeof openStore>>;

/**
 * Starts a DynamoDB with the tables and a user who can afford anything.
 *
 * @throws an Error when this machine has no such backend.
 */
export async function openStore(backend: StartableBackendName) {
  const env = { ...process.env, DYNAMODB_ENDPOINT: undefined, CNOP_DYNAMODB: backend };
  const running = await startDynamoDb({ env });
  const { endpoint, region, credentials } = running;
  const config = { endpoint, region, credentials };
  // A busy machine may keep a request waiting for long.
  const database = createDatabase({ ...config, tables, timeouts: { connectMs: 30_000, requestMs: 60_000 } });
  const close = async () => {
    database.close();
    await running.stop();
  };

  try {
    await ensureTables(database, [ledgerTableShape, ordersTableShape]);
    await database.writer.send(new PutCommand({ TableName: tables.ledger, Item: cashBalance }));
    return { database, config, stop: close };
  } catch (error) {
    await close();
    throw error;
  }
}

const cashBalance = {
  ...ledgerKey(`BALANCE#${market.currency}`),
  schemaVersion: 1,
  scale: market.currencyScale,
  availableMinor: 10n ** 20n,
  version: 1,
  createdAt: market.priceAsOf,
  updatedAt: market.priceAsOf,
};

const batchSize = 25;
const ordersOfAUser = 100;
const batchesAtOnce = 8;

/** Stores orders number `from` up to but not including `to`, a hundred for each of many users. */
export async function storeOrders({ database }: Store, from: number, to: number): Promise<void> {
  const items = createItems(market, -market.notionalMinor);
  let next = from;

  const work = async () => {
    while (next < to) {
      const first = next;
      next = Math.min(to, first + batchSize);
      const puts = Array.from({ length: next - first }, (_, index) => ({
        PutRequest: { Item: orderNumber(first + index, items) },
      }));
      await database.writer.send(new BatchWriteCommand({ RequestItems: { [tables.orders]: puts } }));
    }
  };
  await Promise.all(Array.from({ length: batchesAtOnce }, work));
}

type Items = ReturnType<typeof createItems<bigint>>;

/** The first hundred are the orders of the benchmark's user. */
function orderNumber(number: number, items: Items) {
  const user = Math.floor(number / ordersOfAUser);
  const orderId = storedOrderId(number);
  const at = new Date(Date.UTC(2026, 0, 1) + number * 1_000).toISOString();
  const id = String(number).padStart(12, '0');
  const stamp = { clientOrderId: id, requestHash: id, writeId: id, transactionId: `01KSTORED00000${id}` };

  return {
    ...items.completedOrder({ orderId, at, ...stamp }),
    ...orderKey(orderId),
    owner: user === 0 ? market.owner : `user-${user}`,
  };
}

/** The id of a stored order by its number. */
export const storedOrderId = (number: number): string => `5707ed00-0000-5000-8000-${String(number).padStart(12, '0')}`;
