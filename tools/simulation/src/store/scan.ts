import { readAttributes, type Item } from './attribute-value.ts';
import { exactKeyOf, keyOf, type ItemKey } from './item-key.ts';
import { pageFields, pageOf, readPageShape, type PageBody } from './page.ts';
import { assertModelled, type RequestBody } from './request-fields.ts';
import { tableOf, type StoreContext } from './store-context.ts';
import { NotModelledError, validationError } from './store-error.ts';

interface ScanBody extends PageBody {
  readonly Segment?: number;
  readonly TotalSegments?: number;
}

/** Scan of a table, whole or one segment of it: partitions come in the order of their hashes. */
export function scanRequest(context: StoreContext, body: RequestBody) {
  assertModelled('Scan', body, [...pageFields, 'Segment', 'TotalSegments']);
  const { Segment = 0, TotalSegments = 1, ...scan } = body as unknown as ScanBody;
  if (Segment >= TotalSegments) throw validationError('The Segment parameter must be less than TotalSegments');
  if (scan.IndexName !== undefined) throw new NotModelledError('A scan of an index is not modelled');

  const table = tableOf(context, scan.TableName);
  const shape = readPageShape(scan);
  shape.placeholders.finish();
  const start = scan.ExclusiveStartKey && placeOf(exactKeyOf(table.keys, readAttributes(scan.ExclusiveStartKey)));

  const placed = [...table.all()]
    .map(([, item]) => ({ item, place: placeOf(keyOf(table.keys, item)) }))
    .filter(({ place }) => place.hash % TotalSegments === Segment && (!start || compare(start, place) < 0))
    .toSorted((left, right) => compare(left.place, right.place));
  return pageOf(
    placed.map(({ item }): Item => item),
    shape,
    [table.keys],
  );
}

interface Place extends ItemKey {
  readonly hash: number;
}

const placeOf = (key: ItemKey): Place => ({ ...key, hash: hashOf(key.partition) });

function compare(left: Place, right: Place): number {
  if (left.hash !== right.hash) return left.hash - right.hash;
  if (left.partition !== right.partition) return left.partition < right.partition ? -1 : 1;

  return left.sort === right.sort ? 0 : left.sort < right.sort ? -1 : 1;
}

/** FNV-1a. @see {@link http://www.isthe.com/chongo/tech/comp/fnv/} */
function hashOf(text: string): number {
  let hash = 0x811c_9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x0100_0193) >>> 0;

  return hash;
}
