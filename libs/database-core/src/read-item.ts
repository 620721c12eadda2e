import { BatchGetCommand, GetCommand, QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { sharedErrors } from '@cnop/exceptions';
import type { ItemKey, RawItem } from '@cnop/stored-items';
import { fullJitterDelay } from '@cnop/utils';
import { wrapRead } from './database-failure.ts';
import type { Database } from './database.ts';
import { tellRetry } from './observe-database.ts';
import type { ItemAddress } from './read-transaction.ts';

/** DynamoDB's own limit for one BatchGetItem. */
const batchLimit = 100;

/** What {@link readItem} takes. */
export interface ReadItemOptions extends ItemAddress {
  /** The attributes to read. Default: all of them. It costs the same, but a policy may permit these alone. */
  readonly attributes?: readonly string[];
}

/**
 * One item, strongly consistent. Costs 1 read unit per 4 KB.
 *
 * @throws DatabaseUnavailableError, ThrottledError or DatabaseError.
 */
export async function readItem(
  { reader }: Database,
  { tableName, key, attributes }: ReadItemOptions,
): Promise<RawItem | undefined> {
  const request = { TableName: tableName, Key: key, ConsistentRead: true, ...(attributes && projectionOf(attributes)) };
  const { Item } = await wrapRead(() => reader.send(new GetCommand(request)));

  return Item;
}

/** Many a name is a reserved word of DynamoDB, so each is given by a placeholder. */
function projectionOf(attributes: readonly string[]) {
  const names = attributes.map((name, index): [placeholder: string, name: string] => [`#p_${index + 1}`, name]);

  return {
    ProjectionExpression: names.map(([placeholder]) => placeholder).join(', '),
    ExpressionAttributeNames: Object.fromEntries(names),
  };
}

/** What {@link readItems} takes. */
export interface ReadItemsOptions {
  /** The physical name of the table. */
  readonly tableName: string;
  readonly keys: readonly ItemKey[];
  /** The attributes to read, of each item; `pk` and `sk` tell which it is. Default: all of them. */
  readonly attributes?: readonly string[];
}

/**
 * Any number of items of one table by BatchGetItem, strongly consistent, 100 to a request, in no particular order; absent ones
 * are left out. Keys that DynamoDB leaves unprocessed are asked for again. Costs 1 read unit per 4 KB of each item.
 *
 * @throws DatabaseUnavailableError, ThrottledError or DatabaseError.
 */
export async function readItems(database: Database, options: ReadItemsOptions): Promise<RawItem[]> {
  const { keys } = options;
  const items: RawItem[] = [];

  for (let start = 0; start < keys.length; start += batchLimit) {
    items.push(...(await readBatch(database, { ...options, keys: keys.slice(start, start + batchLimit) })));
  }
  return items;
}

async function readBatch(database: Database, { tableName, keys, attributes }: ReadItemsOptions): Promise<RawItem[]> {
  const items: RawItem[] = [];
  const projection = attributes && projectionOf(attributes);
  let pending: ItemKey[] = [...keys];

  for (let attempt = 1; ; attempt += 1) {
    const RequestItems = { [tableName]: { Keys: pending, ConsistentRead: true, ...projection } };
    const answer = await wrapRead(() => database.reader.send(new BatchGetCommand({ RequestItems })));

    items.push(...(answer.Responses?.[tableName] ?? []));
    pending = (answer.UnprocessedKeys?.[tableName]?.Keys ?? []) as ItemKey[];
    if (pending.length === 0) return items;
    if (attempt >= database.retry.maxAttempts) throw new sharedErrors.ThrottledError({ attempts: attempt });
    tellRetry(database, { operation: 'BatchGetItem', attempt, reason: 'throttled' });
    await database.sleep(fullJitterDelay(attempt, database.retry, database.random));
  }
}

/**
 * Every item of a query, page after page as the caller takes them; at most one page of the store is in memory.
 *
 * @throws DatabaseUnavailableError, ThrottledError or DatabaseError.
 */
export async function* queryItems({ reader }: Database, request: QueryCommandInput): AsyncGenerator<RawItem, void> {
  let startKey = request.ExclusiveStartKey;

  do {
    const page = new QueryCommand({ ...request, ExclusiveStartKey: startKey });
    const { Items = [], LastEvaluatedKey } = await wrapRead(() => reader.send(page));

    yield* Items;
    startKey = LastEvaluatedKey;
  } while (startKey !== undefined);
}
