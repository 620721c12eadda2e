import { readItem, type Database } from '@cnop/database-core';
import { orderErrors, type Order } from '@cnop/entities-order';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { fromOrderItem, orderKey } from '@cnop/entities-order/table';

/** The orders table of one database. */
export interface OrdersTable {
  /** Its physical name. */
  readonly tableName: string;
}

/** Opens it. @throws ConfigurationError when the database has no such table. */
export const openOrdersTable = (database: Database): OrdersTable => ({
  tableName: database.tableName(ordersTableShape.name),
});

/** Where orders are read and written. */
export interface OrderContext {
  readonly database: Database;
  readonly table: OrdersTable;
}

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
