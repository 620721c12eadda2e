import { readItem, type Database } from '@cnop/database-core';
import { orderErrors, type Order } from '@cnop/entities-order';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { fromOrderItem, orderItemSchema, orderKey } from '@cnop/entities-order/table';
import { Entity } from 'dynamodb-toolbox/entity';
import { Table } from 'dynamodb-toolbox/table';

/** The orders table of one database, with the toolbox entity of the orders in it. */
export function openOrdersTable(database: Database) {
  const tableName = database.tableName(ordersTableShape.name);
  const table = new Table({
    name: tableName,
    partitionKey: { name: 'pk', type: 'string' },
    sortKey: { name: 'sk', type: 'string' },
  });

  return {
    tableName,
    order: new Entity({ table, entityAttribute: false, timestamps: false, name: 'Order', schema: orderItemSchema }),
  };
}

/** What {@link openOrdersTable} gives. */
export type OrdersTable = ReturnType<typeof openOrdersTable>;

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
