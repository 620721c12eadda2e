import { contentOf, typeOf, type Item } from './attribute-value.ts';
import { createIndexView, type IndexView } from './index-view.ts';
import { keyAttributes, type ItemKey, type KeySchema } from './item-key.ts';
import { validationError } from './store-error.ts';

/** An index of a table. */
export interface TableIndex {
  readonly keys: KeySchema;
  readonly projection: 'ALL' | 'KEYS_ONLY';
}

/** What a table is, apart from what is in it. */
export interface TableDefinition {
  readonly name: string;
  readonly keys: KeySchema;
  readonly indexes: ReadonlyMap<string, TableIndex>;
  /** What DescribeTable says of it, counts apart. */
  readonly description: Readonly<Record<string, unknown>>;
}

/** Which attribute says when an item may be deleted. */
export interface TimeToLiveSpecification {
  readonly AttributeName: string;
  readonly Enabled: boolean;
}

/** A table with its items, by partition and sort key. */
export interface Table extends TableDefinition {
  /** Set once it is enabled. */
  timeToLive?: TimeToLiveSpecification;
  readonly indexView: IndexView;
  get(key: ItemKey): Item | undefined;
  /** Stores an item or, where there is none, removes what is there. */
  set(key: ItemKey, item: Item | undefined): void;
  /** The items of one partition, in no order. */
  partition(partition: string): Iterable<Item>;
  /** All items with their partitions, in no order. */
  all(): Iterable<readonly [partition: string, item: Item]>;
}

/** An empty table. */
export function createTable(definition: TableDefinition): Table {
  const partitions = new Map<string, Map<string, Item>>();

  return {
    ...definition,
    indexView: createIndexView(),
    get: ({ partition, sort }) => partitions.get(partition)?.get(sort),
    set: ({ partition, sort }, item) => {
      const items = partitions.get(partition) ?? new Map<string, Item>();
      partitions.set(partition, items);
      if (item) items.set(sort, item);
      else items.delete(sort);
    },
    partition: (partition) => partitions.get(partition)?.values() ?? [],
    *all() {
      for (const [partition, items] of partitions) {
        for (const item of items.values()) yield [partition, item] as const;
      }
    },
  };
}

/** Refuses an item that an index cannot take: a key attribute of another type, or an empty one. @throws ValidationException. */
export function assertIndexable({ indexes }: TableDefinition, item: Item): void {
  for (const { name, type } of [...indexes.values()].flatMap(({ keys }) => keyAttributes(keys))) {
    const value = item[name];
    if (value === undefined) continue;
    if (typeOf(value) !== type) throw validationError(`Type mismatch for index key ${name}`);
    if (contentOf(value) === '') throw validationError(`The AttributeValue for index key ${name} is an empty string`);
  }
}
