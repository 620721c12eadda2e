import type { Database } from './database.ts';
import type { ItemKey, RawItem } from '@cnop/stored-items';
import { readTransaction, type ItemAddress } from './read-transaction.ts';
import type { ItemWrite } from './write-action.ts';

/**
 * The item under a guard's key as it stands, read with TransactGetItems: serializable against every transaction.
 * Costs 2 read units per 4 KB.
 */
export async function readGuard(database: Database, write: ItemWrite): Promise<RawItem | undefined> {
  const [item] = await readTransaction(database, [keyOf(write)]);

  return item;
}

function keyOf({ Put, Update, Delete, ConditionCheck }: ItemWrite): ItemAddress {
  const keyed = Update ?? Delete ?? ConditionCheck;
  if (keyed) return { tableName: String(keyed.TableName), key: keyed.Key as ItemKey };
  if (!Put?.Item) throw new Error('A guard is a put, an update, a delete or a condition check.');

  const { pk, sk } = Put.Item as ItemKey;
  return { tableName: String(Put.TableName), key: { pk, sk } };
}
