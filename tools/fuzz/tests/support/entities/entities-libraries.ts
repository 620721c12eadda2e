import * as inventoryModel from '@cnop/entities-inventory';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import * as inventoryTable from '@cnop/entities-inventory/table';
import * as orderModel from '@cnop/entities-order';
import { ordersTableShape } from '@cnop/entities-order/shape';
import * as orderTable from '@cnop/entities-order/table';
import * as ledgerModel from '@cnop/entities-ledger';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import * as ledgerTable from '@cnop/entities-ledger/table';
import * as userModel from '@cnop/entities-user';
import { usersTableShape } from '@cnop/entities-user/shape';
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
  'entities-user': { model: userModel, table: userTable, shape: usersTableShape },
  'entities-ledger': { model: ledgerModel, table: ledgerTable, shape: ledgerTableShape },
  'entities-order': { model: orderModel, table: orderTable, shape: ordersTableShape },
  'entities-inventory': { model: inventoryModel, table: inventoryTable, shape: inventoryTableShape },
};
