import type { MeteredRequest, MeteredWrite, RawItem } from '@cnop/database-core';
import { writeUnitsOf, type ItemChange, type WriteUnits } from '@cnop/database-core/infrastructure';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { orderKey } from '@cnop/entities-order/table';
import { toBalanceItem } from '@cnop/entities-ledger/table';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import type { Balance } from '@cnop/entities-ledger';

/** What the costs are computed from. */
export interface OrderTraffic {
  /** Every request of the run. */
  readonly requests: readonly MeteredRequest[];
  /** The ids of the orders that were executed. */
  readonly executed: readonly string[];
  /** How many calls placed one of them, or repeated it. */
  readonly calls: number;
  /** Every balance as it is now, for the size of the items that orders updated. */
  readonly balances: readonly Balance[];
}

/**
 * What the executed orders cost, as counted where their requests left the process, on average: the items that a request put are measured
 * as sent, the balances that it updated as they are at the end.
 */
export function orderCosts({ requests, executed, calls, balances }: OrderTraffic): string {
  const keys = new Set(executed.map((orderId) => orderKey(orderId).pk));
  const sent = requests.filter(({ writes }) => writes.some(({ item }) => keys.has(String(item?.['pk']))));
  const stored = new Map(balances.map(toBalanceItem).map((item) => [addressOf(item), item]));
  const units = sent.map(({ writes }) => writeUnitsOf(writes.map((write) => changeOf(write, stored))));
  const mean = (key: keyof WriteUnits) =>
    (units.reduce((sum, each) => sum + each[key], 0) / Math.max(1, units.length)).toFixed(2);

  return (
    `Each of ${executed.length} executed orders: ${(sent.length / Math.max(1, calls)).toFixed(2)} request, ` +
    `${mean('items')} items, ${mean('tableUnits')} write units, and ${mean('indexUnits')} of its indexes`
  );
}

const addressOf = (key: RawItem | undefined): string => `${String(key?.['pk'])} ${String(key?.['sk'])}`;

function changeOf({ item, key }: MeteredWrite, balances: ReadonlyMap<string, RawItem>): ItemChange {
  if (item)
    return { shape: String(item['pk']).startsWith('ORDER#') ? ordersTableShape : ledgerTableShape, after: item };

  const balance = balances.get(addressOf(key));
  if (!balance) throw new Error('An order updated an item that is no balance.');
  return { shape: ledgerTableShape, before: balance, after: balance };
}
