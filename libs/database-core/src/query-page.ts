import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { decodeCursor, encodeCursor } from '@cnop/utils';
import type { Database } from './database.ts';
import { wrapRead } from './database-failure.ts';
import type { RawItem } from '@cnop/stored-items';

/** Store pages read at most for one page of a list; after that the page may be short, with a cursor to go on. */
const storePagesAtMost = 10;

/** A page of a list, newest or smallest first as the list says. */
export interface Page<TItem> {
  readonly items: readonly TItem[];
  /** Opaque; give it to the same query for the next page. Absent on the last page. */
  readonly nextCursor?: string;
}

/** How many items, and where to go on. */
export interface PageRequest {
  /** 1 to 100. */
  readonly limit: number;
  readonly cursor?: string;
}

/** One list: the request that serves it and how its cursors are made. */
export interface ListQuery<TItem> {
  /** What the document client's QueryCommand takes, without Limit and ExclusiveStartKey. */
  readonly request: QueryCommandInput;
  /** What tells this query from every other, its partition and filters included; a cursor works with no other. */
  readonly binding: readonly string[];
  /** The part of an item's keys that a cursor carries; never the partition of the query. */
  position(item: RawItem): readonly string[];
  /** The inverse: the store's key at which to go on. */
  startKey(position: readonly string[]): RawItem;
  /**
   * Reads the items behind the entries of an index that holds their keys alone, in the same order. Those that are gone are left out.
   */
  load?(entries: readonly RawItem[]): Promise<readonly RawItem[]>;
  fromItem(item: RawItem): TItem;
  /** Leaves out items that the store's keys cannot select. */
  keep?(item: TItem): boolean;
}

/**
 * One page of a list. It is filled to its limit, or until 10 pages of the store were read: then it may be short, with a cursor.
 *
 * Costs the read units of what the store read and of what was loaded, kept or not.
 *
 * @throws InvalidCursorError for a cursor that was changed or belongs to another query; DatabaseUnavailableError, ThrottledError
 *   or DatabaseError.
 */
export async function queryPage<TItem>(
  { reader }: Database,
  query: ListQuery<TItem>,
  { limit, cursor }: PageRequest,
): Promise<Page<TItem>> {
  const storeLimit = query.keep && !query.load ? 100 : limit + 1; // what is loaded costs by the item, so not more than may be needed
  const found: { readonly item: TItem; readonly raw: RawItem }[] = [];
  let ExclusiveStartKey = cursor === undefined ? undefined : query.startKey(decodeCursor(cursor, query.binding));

  for (let storePage = 1; storePage <= storePagesAtMost; storePage += 1) {
    const request = new QueryCommand({ ...query.request, Limit: storeLimit, ExclusiveStartKey });
    const { Items = [], LastEvaluatedKey } = await wrapRead(() => reader.send(request));
    const items = query.load ? await query.load(Items) : Items;

    for (const raw of items) {
      const item = query.fromItem(raw);
      if (query.keep?.(item) ?? true) found.push({ item, raw });
    }
    ExclusiveStartKey = LastEvaluatedKey;
    if (found.length > limit || ExclusiveStartKey === undefined) break;
  }

  const last = found.length > limit ? found[limit - 1]?.raw : ExclusiveStartKey;
  const items = found.slice(0, limit).map(({ item }) => item);
  return last === undefined ? { items } : { items, nextCursor: encodeCursor(query.position(last), query.binding) };
}
