import { isDeepStrictEqual } from 'node:util';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { IndexShape, KeyAttribute, TableShape } from '@cnop/utils';
import { writeUnits } from './capacity-units.ts';
import { sizeOfAttributes } from './item-size.ts';
import type { RawItem } from './raw-item.ts';

type Entry = Record<string, AttributeValue>;

/**
 * The write units that a change of one item costs in all indexes of its table together.
 *
 * Per index: none when nothing that the index holds has changed; one write when an entry comes, goes or changes; two when its key
 * changes, for the old entry goes and a new one comes. An item without an attribute of the index's key has no entry there. Each
 * write is sized by the entry, and costs no more in a transaction than outside.
 *
 * @param before - the item as it was; `undefined` when there was none.
 * @param after - the item as it is; `undefined` when there is none.
 * @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.ThroughputConsiderations.Writes}
 */
export function indexWriteUnits(shape: TableShape, before: RawItem | undefined, after: RawItem | undefined): number {
  const unitsPerIndex = shape.indexes.map((index) =>
    unitsOfChange(index, entryOf(shape, index, before), entryOf(shape, index, after)),
  );

  return unitsPerIndex.reduce((total, units) => total + units, 0);
}

function unitsOfChange(index: IndexShape, before: Entry | undefined, after: Entry | undefined): number {
  if (isDeepStrictEqual(before, after)) return 0;
  const sizes = [before, after].map((entry) => entry && sizeOfAttributes(entry)).filter((size) => size !== undefined);
  const keyOf = (entry: Entry | undefined) => entry && keysOf(index).map(({ name }) => entry[name]);

  return isDeepStrictEqual(keyOf(before), keyOf(after))
    ? writeUnits(Math.max(...sizes))
    : sizes.reduce((total, size) => total + writeUnits(size), 0);
}

function entryOf(shape: TableShape, index: IndexShape, item: RawItem | undefined): Entry | undefined {
  const attributes = item && marshall(item, { removeUndefinedValues: true });
  if (!attributes || keysOf(index).some(({ name }) => !(name in attributes))) return undefined;
  if (index.projection === 'ALL') return attributes;

  const projected = new Set([...keysOf(shape), ...keysOf(index)].map(({ name }) => name));
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => projected.has(name)));
}

const keysOf = ({ partitionKey, sortKey }: TableShape | IndexShape): KeyAttribute[] =>
  sortKey ? [partitionKey, sortKey] : [partitionKey];
