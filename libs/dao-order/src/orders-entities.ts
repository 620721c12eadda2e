import { preparedOnce, type Database } from '@cnop/database-core';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { orderItemSchema } from '@cnop/entities-order/table';
import { Entity } from 'dynamodb-toolbox/entity';
import { Table } from 'dynamodb-toolbox/table';

/**
 * The toolbox entity of the items in the orders table of one database, made once for all DAOs over it.
 *
 * They are asked for inside functions, never part of a type: no declaration that a consumer compiles names the toolbox.
 */
export const ordersEntities = (database: Database) => preparedOnce(database, declareEntities);

function declareEntities(database: Database) {
  const table = new Table({
    name: database.tableName(ordersTableShape.name),
    partitionKey: { name: 'pk', type: 'string' },
    sortKey: { name: 'sk', type: 'string' },
  });
  const plain = { table, entityAttribute: false, timestamps: false } as const;

  return {
    order: new Entity({ ...plain, name: 'Order', schema: orderItemSchema }),
  };
}
