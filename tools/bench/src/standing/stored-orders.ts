import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { RawItem } from '@cnop/database-core';
import { toBalanceItem } from '@cnop/entities-ledger/table';
import type { Order } from '@cnop/entities-order';
import { toOrderItem } from '@cnop/entities-order/table';
import type { Exchange } from './exchange.ts';

/** Many open orders of one kind. */
export interface ManyOrders {
  readonly assetId: string;
  readonly count: number;
  /** How many owners they have. */
  readonly owners: number;
  /** Into how many parts the triggers of the asset are written. Default 1. */
  readonly triggerShards?: number;
  /** The terms of the first order, which the others repeat. */
  readonly terms: object;
  /** What differs, by the number of the order. Default: nothing but its id and owner. */
  readonly change?: (index: number) => Partial<Order>;
}

const batchSize = 25;
const batchesAtOnce = 8;

/** The id of an order by its number. */
export const openOrderId = (index: number): string => `0be40000-0000-5000-8000-${String(index).padStart(12, '0')}`;

/**
 * Stores open orders and the balances that hold for them, without placing each: one is placed, and the others are written like it.
 *
 * @returns the items of the orders.
 */
export async function storeOpenOrders(exchange: Exchange, many: ManyOrders): Promise<readonly RawItem[]> {
  const { assetId, count, owners, triggerShards = 1, terms, change = () => ({}) } = many;
  const { balances, database } = exchange;
  const model = 'model';
  await exchange.fund(model, assetId);
  const placed = await exchange.place(model, { assetId, quantity: '2', ...terms });
  const guard = { requestHash: 'bench', writeId: 'bench' };
  const shards = { trigger: triggerShards, expiry: 4 };

  const items = Array.from({ length: count }, (_, index): RawItem => {
    const order = { ...placed, orderId: openOrderId(index), owner: ownerOf(index % owners), ...change(index) };
    return toOrderItem(order, guard, shards);
  });
  const held = (await balances.listBalances(model)).flatMap((balance) =>
    Array.from({ length: owners }, (_, owner): RawItem => {
      const orders = BigInt(Math.ceil((count - owner) / owners));
      const open = balance.heldMinor > 0n;
      return toBalanceItem({
        ...balance,
        owner: ownerOf(owner),
        heldMinor: balance.heldMinor * orders,
        ...(open && { openOrders: Number(orders) }),
      });
    }),
  );

  await exchange.flow.cancelOrder({ orderId: placed.orderId });
  await storeAll(exchange, database.tableName('ledger'), held);
  await storeAll(exchange, database.tableName('orders'), items);
  return items;
}

const ownerOf = (number: number): string => `holder-${number}`;

/** Writes items as fast as the store takes them. */
async function storeAll({ database }: Pick<Exchange, 'database'>, tableName: string, items: readonly RawItem[]) {
  let next = 0;
  const work = async () => {
    while (next < items.length) {
      const batch = items.slice(next, next + batchSize);
      next += batchSize;
      const puts = batch.map((Item) => ({ PutRequest: { Item } }));
      await database.writer.send(new BatchWriteCommand({ RequestItems: { [tableName]: puts } }));
    }
  };

  await Promise.all(Array.from({ length: batchesAtOnce }, work));
}
