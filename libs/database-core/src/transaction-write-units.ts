import type { TableShape } from '@cnop/utils';
import { writeUnits } from './capacity-units.ts';
import { indexWriteUnits } from './index-write-units.ts';
import { itemSizeBytes } from './item-size.ts';
import type { RawItem } from './raw-item.ts';

/** One item of a transaction, as it was and as it is; a condition check has the same item twice. */
export interface ItemChange {
  readonly shape: TableShape;
  readonly before?: RawItem;
  readonly after?: RawItem;
}

/** What a transaction costs to write. */
export interface TransactionWriteUnits {
  readonly items: number;
  /** Write units of the tables. */
  readonly tableUnits: number;
  /** Write units of their indexes, which DynamoDB brings up to date after the transaction. */
  readonly indexUnits: number;
}

/** The write units of one TransactWriteItems, from what it does to each item. */
export function transactionWriteUnits(changes: readonly ItemChange[]): TransactionWriteUnits {
  const total = { items: changes.length, tableUnits: 0, indexUnits: 0 };

  for (const { shape, before, after } of changes) {
    const sizeBytes = Math.max(...[before, after].map((item) => (item ? itemSizeBytes(item) : 0)));

    total.tableUnits += writeUnits(sizeBytes, { transactional: true });
    total.indexUnits += indexWriteUnits(shape, before, after);
  }
  return total;
}
