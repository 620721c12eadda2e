import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Database } from './database.ts';
import { wrapRead } from './database-failure.ts';
import type { RawItem } from '@cnop/stored-items';

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
