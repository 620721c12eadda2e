import type { IndexShape, KeyAttribute, TableShape } from '@cnop/utils';
import { validationError } from './answer.ts';
import { compare, type Item } from './value.ts';

export interface Table {
  readonly name: string;
  readonly shape: TableShape;
  readonly items: Map<string, Item>;
  readonly indexed: IndexedItems;
}

/** The items as the indexes know them: as they were some moments ago, each at its own pace. */
export interface IndexedItems {
  /** Records a change that becomes visible at that time, and never before an earlier change of the same item. */
  change(key: string, item: Item | undefined, visibleAt: number): void;
  at(now: number): Iterable<Item>;
}

export const createTable = (shape: TableShape): Table => ({
  name: shape.name,
  shape,
  items: new Map(),
  indexed: createIndexedItems(),
});

function createIndexedItems(): IndexedItems {
  const visible = new Map<string, Item>();
  const latest = new Map<string, number>();
  let pending: { readonly key: string; readonly item: Item | undefined; readonly visibleAt: number }[] = [];

  return {
    change: (key, item, visibleAt) => {
      const time = Math.max(visibleAt, latest.get(key) ?? 0);
      latest.set(key, time);
      pending.push({ key, item, visibleAt: time });
    },
    at: (now) => {
      const due = pending.filter(({ visibleAt }) => visibleAt <= now);
      pending = pending.filter(({ visibleAt }) => visibleAt > now);
      // Sorting is stable, so changes of one item stay in their order.
      for (const { key, item } of due.toSorted((left, right) => left.visibleAt - right.visibleAt)) {
        if (item) visible.set(key, item);
        else visible.delete(key);
      }
      return visible.values();
    },
  };
}

/** The key attributes of a table or an index, the partition first. */
export const keysOf = ({ partitionKey, sortKey }: Pick<IndexShape, 'partitionKey' | 'sortKey'>): KeyAttribute[] =>
  sortKey ? [partitionKey, sortKey] : [partitionKey];

/** Names an item within its table. @throws ValidationException when a key attribute is missing, empty or of another type. */
export function keyOf({ shape }: Table, attributes: Item): string {
  return keysOf(shape)
    .map((key) => {
      if (attributes[key.name] === undefined) throw validationError(`The key ${key.name} was not given a value`);
      return keyValue(key, attributes);
    })
    .join('\n');
}

/** As {@link keyOf}, for attributes that must be the key and nothing else. @throws ValidationException. */
export function exactKeyOf(table: Table, attributes: Item): string {
  if (Object.keys(attributes).length !== keysOf(table.shape).length) {
    throw validationError('The provided key element does not match the schema');
  }
  return keyOf(table, attributes);
}

/** Refuses an item with a key attribute of an index that is empty or of another type. @throws ValidationException. */
export function assertIndexable({ shape: { indexes } }: Table, item: Item): void {
  for (const key of indexes.flatMap(keysOf)) if (item[key.name] !== undefined) keyValue(key, item);
}

function keyValue({ name, type }: KeyAttribute, attributes: Item): string {
  const [[present, content] = []] = Object.entries(attributes[name] ?? {}) as [string, string][];
  if (present !== type) throw validationError(`Type mismatch for key ${name}`);
  if (!content) throw validationError(`The value for key ${name} is an empty string`);

  return content;
}

export const byKeys =
  (keys: readonly KeyAttribute[]) =>
  (left: Item, right: Item): number =>
    keys.map(({ name }) => compare(left[name], right[name]) ?? 0).find((order) => order !== 0) ?? 0;
