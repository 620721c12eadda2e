import * as inventoryModel from '@cnop/entities-inventory';
import * as inventoryTable from '@cnop/entities-inventory/table';
import * as orderModel from '@cnop/entities-order';
import * as orderTable from '@cnop/entities-order/table';
import * as userModel from '@cnop/entities-user';
import * as userTable from '@cnop/entities-user/table';
import type { TableShape } from '@cnop/utils';

/** What an entities library exports: the model with its schemas, how it is stored with its parsers, and its table. */
export interface EntitiesLibrary {
  readonly model: Readonly<Record<string, unknown>>;
  readonly table: Readonly<Record<string, unknown>>;
  readonly shape: TableShape;
}

/** Every library of the layer entities, by its name. */
export const entitiesLibraries: Readonly<Record<string, EntitiesLibrary>> = {
  'entities-user': { model: userModel, table: userTable, shape: userTable.usersTableShape },
  'entities-order': { model: orderModel, table: orderTable, shape: orderTable.ordersTableShape },
  'entities-inventory': { model: inventoryModel, table: inventoryTable, shape: inventoryTable.inventoryTableShape },
};
