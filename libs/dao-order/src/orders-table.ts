import type { Database, ItemWrite } from '@cnop/database-core';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { orderItemSchema, type OrderItem } from '@cnop/entities-order/table';
import { compileItemParser } from '@cnop/utils';
import { Entity } from 'dynamodb-toolbox/entity';
import { EntityConditionParser } from 'dynamodb-toolbox/entity/actions/parseCondition';
import { Table } from 'dynamodb-toolbox/table';

/** The orders table of one database: the toolbox entity of the orders in it, and the put that is compiled from that. */
export function openOrdersTable(database: Database) {
  const tableName = database.tableName(ordersTableShape.name);
  const table = new Table({
    name: tableName,
    partitionKey: { name: 'pk', type: 'string' },
    sortKey: { name: 'sk', type: 'string' },
  });
  const order = new Entity({
    table,
    entityAttribute: false,
    timestamps: false,
    name: 'Order',
    schema: orderItemSchema,
  });
  const parseItem = compileItemParser(orderItemSchema);
  const { ConditionExpression, ExpressionAttributeNames } = order.build(EntityConditionParser).parse(absent);

  return {
    tableName,
    order,
    /** The put of an order that must not be there yet: what the toolbox's PutTransaction builds, at a fraction of its cost. */
    putOrder: (item: OrderItem): ItemWrite => ({
      Put: { TableName: tableName, Item: parseItem(item), ConditionExpression, ExpressionAttributeNames },
    }),
  };
}

/** What {@link openOrdersTable} gives. */
export type OrdersTable = ReturnType<typeof openOrdersTable>;

/** Where orders are read and written. */
export interface OrderContext {
  readonly database: Database;
  readonly table: OrdersTable;
}

/** The condition under which an order is put. */
export const absent = { attr: 'pk', exists: false } as const;
