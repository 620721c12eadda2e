import type { IndexShape, KeyAttribute, TableShape } from '@cnop/utils';
import { StoreError, validationError } from './answer.ts';
import { compare, type Item } from './value.ts';

export interface Table {
  readonly name: string;
  readonly shape: TableShape;
  readonly items: Map<string, Item>;
  readonly indexed: ReturnType<typeof createIndexedItems>;
}

export interface StoreContext {
  readonly tables: ReadonlyMap<string, Table>;
  /** The items that a transaction has taken and not yet written, by their address. */
  readonly taken: Set<string>;
  /** The transactions under way and those that were carried out, by their client request token. */
  readonly tokens: Map<string, { readonly payload: string; readonly doneAt?: number }>;
  readonly now: () => number;
  /** How long the next change takes to reach the indexes, in milliseconds. */
  readonly indexLagMs: () => number;
  /** Is told of each item that is written. */
  readonly onWrite: (item: Item) => void;
}

export function tableOf({ tables }: StoreContext, name: unknown): Table {
  const table = tables.get(String(name));
  if (!table) throw new StoreError('ResourceNotFoundException', 'Requested resource not found');

  return table;
}

export const addressOf = ({ name }: Table, key: string): string => `${name}\n${key}`;

export const createTable = (shape: TableShape): Table => ({
  name: shape.name,
  shape,
  items: new Map(),
  indexed: createIndexedItems(),
});

/** The items as the indexes know them: as they were some moments ago, each at its own pace. */
function createIndexedItems() {
  const visible = new Map<string, Item>();
  const latest = new Map<string, number>();
  let pending: { readonly key: string; readonly item: Item; readonly visibleAt: number }[] = [];

  return {
    /** Records a change that becomes visible at that time, and never before an earlier change of the same item. */
    change: (key: string, item: Item, visibleAt: number) => {
      const time = Math.max(visibleAt, latest.get(key) ?? 0);
      latest.set(key, time);
      pending.push({ key, item, visibleAt: time });
    },
    at: (now: number) => {
      const due = pending.filter(({ visibleAt }) => visibleAt <= now);
      pending = pending.filter(({ visibleAt }) => visibleAt > now);
      // Sorting is stable, so changes of one item stay in their order.
      for (const { key, item } of due.toSorted((left, right) => left.visibleAt - right.visibleAt)) {
        visible.set(key, item);
      }
      return visible.values();
    },
  };
}

/** The key attributes of a table or an index, the partition first. */
export const keysOf = ({ partitionKey, sortKey }: Pick<IndexShape, 'partitionKey' | 'sortKey'>): KeyAttribute[] =>
  sortKey ? [partitionKey, sortKey] : [partitionKey];

/** Names an item within its table. @throws ValidationException when a key attribute is missing, empty or of another type. */
export const keyOf = ({ shape }: Table, attributes: Item): string =>
  keysOf(shape)
    .map((key) => keyValue(key, attributes))
    .join('\n');

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
