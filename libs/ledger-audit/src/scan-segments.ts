import { ScanCommand, type ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import { wrapRead, type Database, type RawItem } from '@cnop/database-core';

/** A scan of a whole table. */
export interface TableScan {
  readonly request: ScanCommandInput;
  /** How many parts of the table are read at the same time. */
  readonly segments: number;
  /** Takes the items of one segment, one page of which is in memory at a time. */
  readonly handle: (items: AsyncIterable<RawItem>) => Promise<void>;
}

/**
 * Scans a table in parallel segments, consistently. When one fails the others stop at their next item, and its error is thrown.
 *
 * Costs 1 read unit per 4 KB of the table, projected or not.
 *
 * @throws DatabaseUnavailableError, ThrottledError or DatabaseError.
 */
export async function scanSegments(database: Database, { request, segments, handle }: TableScan): Promise<void> {
  const stop = new AbortController();

  await Promise.allSettled(
    Array.from({ length: segments }, async (_, Segment) => {
      try {
        await handle(
          scanSegment(database, { ...request, Segment, TotalSegments: segments, ConsistentRead: true }, stop.signal),
        );
      } catch (error) {
        stop.abort(error);
        throw error;
      }
    }),
  );
  stop.signal.throwIfAborted();
}

async function* scanSegment(
  { reader }: Database,
  request: ScanCommandInput,
  stop: AbortSignal,
): AsyncGenerator<RawItem, void> {
  let startKey: ScanCommandInput['ExclusiveStartKey'];

  do {
    const command = new ScanCommand({ ...request, ExclusiveStartKey: startKey });
    const page = await wrapRead(() => reader.send(command));

    for (const item of page.Items ?? []) {
      if (stop.aborted) return;
      yield item;
    }
    startKey = page.LastEvaluatedKey;
  } while (startKey !== undefined && !stop.aborted);
}
