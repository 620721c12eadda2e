import type { MeteredRequest, MeteredWrite, RawItem } from '@cnop/database-core';
import { writeUnitsOf, type ItemChange } from '@cnop/database-core/infrastructure';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { orderKey } from '@cnop/entities-order/table';
import { toBalanceItem } from '@cnop/entities-ledger/table';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import type { Balance } from '@cnop/entities-ledger';

/** What the executed orders cost, as counted where the requests left the process. */
export interface OrderCosts {
  readonly orders: number;
  /** Requests that carried an executed order, over the calls that placed or repeated one. */
  readonly requestsPerCall: number;
  readonly itemsPerOrder: number;
  /** Write units of the tables, mean over the orders. */
  readonly tableUnitsPerOrder: number;
  /** Write units of the indexes, mean over the orders. */
  readonly indexUnitsPerOrder: number;
}

/** What the costs are computed from. */
export interface OrderTraffic {
  /** Every request of the run. */
  readonly requests: readonly MeteredRequest[];
  /** The ids of the orders that were executed. */
  readonly executed: readonly string[];
  /** How many calls placed one of them, or repeated it. */
  readonly calls: number;
  /** Every balance as it stands now, for the size of the items that orders updated. */
  readonly balances: readonly Balance[];
}

/**
 * The mean cost of an executed order: the items that its transaction put are measured as sent, the balances that it updated as
 * they stand at the end.
 */
export function orderCosts({ requests, executed, calls, balances }: OrderTraffic): OrderCosts {
  const keys = new Set(executed.map((orderId) => orderKey(orderId).pk));
  const orderRequests = requests.filter((request) => keys.has(orderKeyIn(request)));
  const firstRequests = new Map(orderRequests.toReversed().map((request) => [orderKeyIn(request), request]));
  const items = balanceItems(balances);
  const units = [...firstRequests.values()].map(({ writes }) =>
    writeUnitsOf(writes.map((write) => changeOf(write, items))),
  );

  return {
    orders: executed.length,
    requestsPerCall: orderRequests.length / Math.max(1, calls),
    itemsPerOrder: mean(units.map(({ items: count }) => count)),
    tableUnitsPerOrder: mean(units.map(({ tableUnits }) => tableUnits)),
    indexUnitsPerOrder: mean(units.map(({ indexUnits }) => indexUnits)),
  };
}

const orderKeyIn = ({ writes }: MeteredRequest): string =>
  writes.map(({ item }) => String(item?.['pk'])).find((pk) => pk.startsWith('ORDER#')) ?? '';

const addressOf = (key: RawItem | undefined): string => `${String(key?.['pk'])} ${String(key?.['sk'])}`;

const balanceItems = (balances: readonly Balance[]): Map<string, RawItem> =>
  new Map(balances.map(toBalanceItem).map((item) => [addressOf(item), item]));

function changeOf({ item, key }: MeteredWrite, balances: ReadonlyMap<string, RawItem>): ItemChange {
  if (item)
    return { shape: String(item['pk']).startsWith('ORDER#') ? ordersTableShape : ledgerTableShape, after: item };

  const balance = balances.get(addressOf(key));
  if (!balance) throw new Error('An order updated an item that is no balance.');
  return { shape: ledgerTableShape, before: balance, after: balance };
}

const mean = (counts: readonly number[]): number =>
  counts.reduce((sum, count) => sum + count, 0) / Math.max(1, counts.length);
