import type { Database } from '@cnop/database-core';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { assetItemSchema } from '@cnop/entities-inventory/table';
import { Entity } from 'dynamodb-toolbox/entity';
import { Table } from 'dynamodb-toolbox/table';

/** The inventory table of one database, with the toolbox entity of the assets in it. */
export function openInventoryTable(database: Database) {
  const tableName = database.tableName(inventoryTableShape.name);
  const table = new Table({
    name: tableName,
    partitionKey: { name: 'pk', type: 'string' },
    sortKey: { name: 'sk', type: 'string' },
  });

  return {
    tableName,
    asset: new Entity({ table, entityAttribute: false, timestamps: false, name: 'Asset', schema: assetItemSchema }),
  };
}

/** What {@link openInventoryTable} gives. */
export type InventoryTable = ReturnType<typeof openInventoryTable>;

/** Where assets are read and written. */
export interface AssetContext {
  readonly database: Database;
  readonly table: InventoryTable;
}
