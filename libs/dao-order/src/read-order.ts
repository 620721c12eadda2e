import { readItem } from '@cnop/database-core';
import { orderErrors, type Order } from '@cnop/entities-order';
import { fromOrderItem, orderKey } from '@cnop/entities-order/table';
import type { OrderContext } from './orders-table.ts';

/** The order as stored, strongly consistent; `undefined` when there is none. */
export async function findOrder({ database, table }: OrderContext, orderId: string): Promise<Order | undefined> {
  const item = await readItem(database, { tableName: table.tableName, key: orderKey(orderId) });

  return item && fromOrderItem(item);
}

/** The same for an order that must exist. @throws {@link orderErrors.OrderNotFoundError}. */
export async function getOrder(context: OrderContext, orderId: string): Promise<Order> {
  const order = await findOrder(context, orderId);
  if (!order) throw new orderErrors.OrderNotFoundError({ orderId });

  return order;
}
