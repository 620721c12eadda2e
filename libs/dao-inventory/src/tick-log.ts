import { queryItems, type Database, type ListQuery } from '@cnop/database-core';
import { inventoryErrors, TICK_KEPT_MS, type Tick } from '@cnop/entities-inventory';
import { fromTickItem, tickKey, tickSortKeys } from '@cnop/entities-inventory/table';
import { sharedErrors } from '@cnop/exceptions';
import { fullJitterDelay } from '@cnop/utils';
import { assetIdSchema, pageSchema, timestampSchema } from '@cnop/validation';
import * as z from 'zod';
import type { AssetContext } from './inventory-table.ts';

/** Accepts which part of a log to read. */
export const tickRangeSchema = z.strictObject({
  assetId: assetIdSchema,
  /** `asOf` of the last tick that is known; the log is read from the one after it. Absent: from the first that is kept. */
  after: timestampSchema.optional(),
  /** `asOf` of an accepted tick, at which reading ends; the asset's `priceAsOf` for all of them. Absent: what is there. */
  upTo: timestampSchema.optional(),
});

/** Which part of the log of an asset's ticks to read. */
export type TickRange = z.input<typeof tickRangeSchema>;

/**
 * The ticks of a range in order, page after page as the caller takes them.
 *
 * A query may see one item of a write and not yet another. So each tick must name the one that was given out before it; where one is
 * missing, the log is read again from there.
 */
export async function* readTickLog(
  { database, table: { tableName } }: AssetContext,
  { assetId, after, upTo }: z.output<typeof tickRangeSchema>,
): AsyncGenerator<Tick, void> {
  let last = after;

  for (let attempt = 1; upTo === undefined || last === undefined || last < upTo; attempt += 1) {
    let hasGap = false;

    for await (const raw of queryItems(database, ticksRequest(tableName, assetId, { after: last, upTo }))) {
      const tick = fromTickItem(raw);
      if (isMissing(database, tick.previousAsOf, last)) {
        hasGap = true;
        break;
      }
      yield tick;
      last = tick.asOf;
      attempt = 1;
    }
    if (!hasGap && !isMissing(database, upTo, last)) return;
    if (attempt >= database.retry.maxAttempts) {
      throw new inventoryErrors.TickLogGapError({ assetId, ...(last !== undefined && { after: last }) });
    }
    await database.sleep(fullJitterDelay(attempt, database.retry, database.random));
  }
}

/**
 * Whether there is a tick of that time after the last one, which must be there still.
 *
 * Older ones may have expired, in any order. One that has not was not executable: it was accepted long after it was observed.
 */
const isMissing = ({ clock }: Database, asOf: string | undefined, last: string | undefined): boolean =>
  asOf !== undefined && (last === undefined || asOf > last) && Date.parse(asOf) > clock.now().getTime() - TICK_KEPT_MS;

function ticksRequest(tableName: string, assetId: string, range: Parameters<typeof tickSortKeys>[0]) {
  const { from, to } = tickSortKeys(range);

  return {
    TableName: tableName,
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':pk': tickKey(assetId, '').pk, ':from': from, ':to': to },
  };
}

/** Accepts a query for the ticks of an asset. */
export const tickListSchema = pageSchema
  .extend({
    assetId: assetIdSchema,
    /** The earliest `asOf` wanted. */
    from: timestampSchema.optional(),
    /** The latest. */
    to: timestampSchema.optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    error: '`to` is not before `from`.',
  });

/** A query for the ticks of an asset in order, between two moments, both included. */
export type TickList = z.input<typeof tickListSchema>;

/** The request and cursors of a list of ticks. */
export function tickListQuery(
  { table: { tableName } }: AssetContext,
  { assetId, from, to }: z.output<typeof tickListSchema>,
): ListQuery<Tick> {
  const request = ticksRequest(tableName, assetId, { upTo: to });
  const values = from === undefined ? {} : { ':from': tickKey(assetId, from).sk };

  return {
    request: { ...request, ExpressionAttributeValues: { ...request.ExpressionAttributeValues, ...values } },
    binding: ['ticks', assetId, from ?? '', to ?? ''],
    position: (item) => [fromTickItem(item).asOf],
    startKey: (position) => ({ ...tickKey(assetId, readPosition(position)) }),
    fromItem: fromTickItem,
  };
}

/** Exactly what a list of ticks gives out: one time. */
function readPosition([asOf, ...more]: readonly string[]): string {
  const { data } = timestampSchema.safeParse(asOf);
  if (data === undefined || more.length > 0) throw new sharedErrors.InvalidCursorError({ reason: 'malformed' });

  return data;
}
