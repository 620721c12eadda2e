import { queryItems, type Database, type RawItem } from '@cnop/database-core';
import { BALANCE_PREFIX, ownerPartition, TRANSACTION_PREFIX } from '@cnop/entities-ledger/table';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { restingTablesOf, type RestingTables } from '@cnop/simulation';
import { createIds } from '@cnop/utils';

/** Sorts after everything that begins with the same prefix. */
const last = '~';
/** By so much a clock may have been set back between a round and the one before. */
const marginMs = 60_000;

/** The balances of these owners, and the journal entries that were made since a time, perhaps some that are a little older. */
export async function readBankTables(
  database: Database,
  owners: readonly string[],
  sinceMs: number,
): Promise<RestingTables> {
  const oldest = createIds({
    clock: { now: () => new Date(sinceMs - marginMs) },
    random: (count) => new Uint8Array(count),
  }).ulid();
  const ledger: RawItem[] = [];

  for (const owner of owners) {
    ledger.push(
      ...(await read(database, owner, [BALANCE_PREFIX, BALANCE_PREFIX + last])),
      ...(await read(database, owner, [TRANSACTION_PREFIX + oldest, TRANSACTION_PREFIX + last])),
    );
  }
  return restingTablesOf({ users: [], ledger, orders: [] });
}

async function read(database: Database, owner: string, [from, to]: readonly [string, string]): Promise<RawItem[]> {
  const items: RawItem[] = [];
  const query = queryItems(database, {
    TableName: database.tableName(ledgerTableShape.name),
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':pk': ownerPartition(owner), ':from': from, ':to': to },
    ConsistentRead: true,
  });

  for await (const item of query) items.push(item);
  return items;
}
