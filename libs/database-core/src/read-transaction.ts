import { TransactGetCommand } from '@aws-sdk/lib-dynamodb';
import type { ItemKey, RawItem } from '@cnop/stored-items';
import { fullJitterDelay } from '@cnop/utils';
import { databaseFailure } from './database-failure.ts';
import type { Database } from './database.ts';
import type { ItemWrite } from './write-action.ts';

/** Where an item lies. */
export interface ItemAddress {
  /** The physical name of the table. */
  readonly tableName: string;
  readonly key: ItemKey;
}

/**
 * Up to 100 items as they stood at one instant, in the order asked for; `undefined` where there is none.
 *
 * A read that collides with a transaction in flight is retried. Costs 2 read units per 4 KB of each item.
 *
 * @throws DatabaseUnavailableError, ThrottledError, ContentionError or DatabaseError.
 */
export async function readTransaction(
  database: Database,
  addresses: readonly ItemAddress[],
): Promise<(RawItem | undefined)[]> {
  const TransactItems = addresses.map(({ tableName, key }) => ({ Get: { TableName: tableName, Key: key } }));

  for (let attempt = 1; ; attempt += 1) {
    try {
      const { Responses = [] } = await database.reader.send(new TransactGetCommand({ TransactItems }));
      return Responses.map(({ Item }) => Item);
    } catch (cause) {
      if (!collided(cause)) throw databaseFailure(cause, attempt);
      if (attempt >= database.retry.maxAttempts) throw databaseFailure(cause, attempt, 'in-progress');
      await database.sleep(fullJitterDelay(attempt, database.retry, database.random));
    }
  }
}

const transient = new Set(['None', 'TransactionConflict', 'ProvisionedThroughputExceeded', 'ThrottlingError']);

function collided(cause: unknown): boolean {
  const { name, CancellationReasons = [] } = cause as {
    name?: string;
    CancellationReasons?: readonly { Code?: string }[];
  };

  return (
    name === 'TransactionCanceledException' && CancellationReasons.every(({ Code = 'None' }) => transient.has(Code))
  );
}

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
