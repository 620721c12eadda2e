import type { Item } from './attribute-value.ts';
import type { ItemKey } from './item-key.ts';
import { StoreError } from './store-error.ts';
import type { Table } from './table.ts';
import type { TokenMemory } from './token-memory.ts';

/** One item that was written, as it was and as it is. */
export interface ItemChange {
  readonly tableName: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** What every operation of the store works on. */
export interface StoreContext {
  readonly tables: Map<string, Table>;
  /** The items that a transaction has taken and not yet written. */
  readonly taken: Set<string>;
  readonly tokens: TokenMemory;
  readonly now: () => number;
  /** How long the next change takes to reach the indexes, in milliseconds. */
  readonly indexLagMs: () => number;
  readonly onChange: (change: ItemChange) => void;
}

/** The table of that name. @throws ResourceNotFoundException. */
export function tableOf({ tables }: StoreContext, name: unknown): Table {
  const table = tables.get(String(name));
  if (!table) throw new StoreError('ResourceNotFoundException', 'Requested resource not found');

  return table;
}

/** A text that names one item among all tables. */
export const addressOf = ({ name }: Table, { partition, sort }: ItemKey): string => `${name}\n${partition}\n${sort}`;

/** Writes one item and lets the indexes know in their own time. */
export function writeItem(
  context: StoreContext,
  { table, key }: { readonly table: Table; readonly key: ItemKey },
  after: Item | undefined,
): void {
  const before = table.get(key);
  table.set(key, after);
  table.indexView.change(addressOf(table, key), after, context.now() + context.indexLagMs());
  context.onChange({ tableName: table.name, before, after });
}
