import { TransactGetCommand } from '@aws-sdk/lib-dynamodb';
import { fullJitterDelay } from '@cnop/utils';
import type { Database } from './database.ts';
import { databaseFailure } from './database-failure.ts';
import type { ItemKey, RawItem } from '@cnop/stored-items';

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
