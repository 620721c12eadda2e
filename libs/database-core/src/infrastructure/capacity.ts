import { isDeepStrictEqual } from 'node:util';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type RawItem, toWireMap } from '@cnop/stored-items';
import type { IndexShape, KeyAttribute, TableShape } from '@cnop/utils';

/** What DynamoDB adds to a list or a map, and to each of their elements. */
const containerOverhead = 3;
const elementOverhead = 1;

/**
 * The size of an item as DynamoDB counts it for capacity, in bytes: the sum of its attribute names and values.
 *
 * Exact but for numbers, which AWS describes as "approximately" one byte for two significant digits and one more; a negative one
 * takes a further byte. Attributes that are `undefined` are not stored and do not count.
 *
 * @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html}
 */
export function itemSizeBytes(item: RawItem): number {
  return sizeOfAttributes(toWireMap(item));
}

/** The same of an item in DynamoDB's own form. */
function sizeOfAttributes(attributes: Record<string, AttributeValue>): number {
  return sum(Object.entries(attributes).map(([name, value]) => Buffer.byteLength(name) + sizeOfValue(value)));
}

function sizeOfValue({ S, N, B, SS, NS, BS, L, M }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return sizeOfNumber(N);
  if (B) return B.byteLength;
  if (SS) return sum(SS.map((text) => Buffer.byteLength(text)));
  if (NS) return sum(NS.map(sizeOfNumber));
  if (BS) return sum(BS.map((bytes) => bytes.byteLength));
  if (L) return containerOverhead + sum(L.map((element) => elementOverhead + sizeOfValue(element)));
  if (M) return containerOverhead + elementOverhead * Object.keys(M).length + sizeOfAttributes(M);

  return 1; // A boolean or null.
}

function sizeOfNumber(text: string): number {
  const [mantissa = ''] = text.toLowerCase().split('e');
  const digits = mantissa.replaceAll(/[-+.]/g, '').replace(/^0+/, '').replace(/0+$/, '');

  return Math.ceil(digits.length / 2) + 1 + (text.startsWith('-') ? 1 : 0);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const writeUnitBytes = 1_024;
const readUnitBytes = 4_096;

/**
 * The write units of one item: 1 per started KB, twice that in a transaction. A failed condition costs as much as a write.
 *
 * @param sizeBytes - the larger of the item's sizes before and after; 0 for an item that did not exist and still does not.
 * @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html}
 */
export function writeUnits(
  sizeBytes: number,
  { transactional = false }: { readonly transactional?: boolean } = {},
): number {
  return startedUnits(sizeBytes, writeUnitBytes) * (transactional ? 2 : 1);
}

/** What a read is. */
export interface ReadKind {
  readonly transactional?: boolean;
  /** Strongly consistent. A transaction always is. */
  readonly consistent?: boolean;
}

/**
 * The read units of one item: 1 per started 4 KB, half of it when eventually consistent, twice in a transaction. An item that does
 * not exist costs as much as the smallest.
 *
 * @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html}
 */
export function readUnits(sizeBytes: number, { transactional = false, consistent = false }: ReadKind = {}): number {
  const units = startedUnits(sizeBytes, readUnitBytes);
  if (transactional) return 2 * units;

  return consistent ? units : units / 2;
}

const startedUnits = (sizeBytes: number, unitBytes: number): number => Math.max(1, Math.ceil(sizeBytes / unitBytes));

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

/** One item of a transaction, as it was and as it is; a condition check has the same item twice. */
export interface ItemChange {
  readonly shape: TableShape;
  readonly before?: RawItem;
  readonly after?: RawItem;
}

/** What a transaction costs to write. */
export interface WriteUnits {
  readonly items: number;
  /** Write units of the tables. */
  readonly tableUnits: number;
  /** Write units of their indexes, which DynamoDB brings up to date after the transaction. */
  readonly indexUnits: number;
}

/** The write units of one TransactWriteItems, from what it does to each item. */
export function writeUnitsOf(changes: readonly ItemChange[]): WriteUnits {
  const total = { items: changes.length, tableUnits: 0, indexUnits: 0 };

  for (const { shape, before, after } of changes) {
    const sizeBytes = Math.max(...[before, after].map((item) => (item ? itemSizeBytes(item) : 0)));

    total.tableUnits += writeUnits(sizeBytes, { transactional: true });
    total.indexUnits += indexWriteUnits(shape, before, after);
  }
  return total;
}

/** What an index holds of an item. */
type Entry = Record<string, AttributeValue>;

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
