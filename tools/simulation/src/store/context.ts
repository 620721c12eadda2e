import { StoreError } from './answer.ts';
import type { Table } from './table.ts';
import type { Item } from './value.ts';

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
