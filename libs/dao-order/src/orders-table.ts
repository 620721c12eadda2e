import type { Database } from '@cnop/database-core';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { orderItemSchema } from '@cnop/entities-order/table';
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
