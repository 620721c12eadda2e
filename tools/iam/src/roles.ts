import type { TableGrant } from '@cnop/database-core/infrastructure';
import { inventoryTableShape as inventory } from '@cnop/entities-inventory/table';
import { ordersTableShape as orders } from '@cnop/entities-order/table';
import { accessAttributes, balanceAttributes, usersTableShape as users } from '@cnop/entities-user/table';

/** Every role of the product's own, by the name of its policy, with all that it does. */
export const roles = {
  /** Users, their sessions, their money and its journal; what their holdings are worth. */
  'user-service': [
    {
      table: users,
      actions: ['BatchGetItem', 'DescribeTable', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
    },
    // The claim on an address that is given up, in the transaction that claims another: the one thing that is ever deleted.
    { table: users, actions: ['ConditionCheckItem', 'DeleteItem'], onlyInTransactions: true },
    { table: inventory, actions: ['BatchGetItem', 'DescribeTable', 'GetItem'] },
  ],
  /** Orders, and the money and assets that they move, in one transaction. */
  'order-service': [
    { table: orders, actions: ['DescribeTable', 'GetItem'] },
    { table: orders, indexes: ['byOwner', 'byOwnerAsset', 'byOwnerStatus'], actions: ['Query'] },
    { table: orders, actions: ['PutItem', 'UpdateItem'], onlyInTransactions: true },
    { table: users, actions: ['DescribeTable'] },
    // Whether a user may act, and what she has; never her password's hash or her address.
    { table: users, actions: ['GetItem'], attributes: attributesOf(accessAttributes, balanceAttributes) },
    { table: users, actions: ['PutItem', 'UpdateItem'], onlyInTransactions: true },
    { table: inventory, actions: ['DescribeTable', 'GetItem'] },
  ],
  /** Assets and their prices. */
  'inventory-service': [
    { table: inventory, actions: ['DescribeTable', 'GetItem', 'PutItem', 'UpdateItem'] },
    { table: inventory, indexes: ['byStatus', 'byCategory'], actions: ['Query'] },
    { table: users, actions: ['DescribeTable'] },
    { table: users, actions: ['GetItem'], attributes: attributesOf(accessAttributes) },
  ],
  /** `cnop-ledger-audit`: reads all of it and writes nothing. */
  'ledger-auditor': [
    { table: users, actions: ['BatchGetItem', 'GetItem', 'Query', 'Scan'] },
    { table: orders, actions: ['BatchGetItem', 'GetItem', 'Scan'] },
  ],
} as const satisfies Readonly<Record<string, readonly TableGrant[]>>;

/** The name of a role. */
export type RoleName = keyof typeof roles;

/** Attributes with the keys of the table, which every request names. */
function attributesOf(...lists: readonly (readonly string[])[]): string[] {
  return [...new Set(['pk', 'sk', ...lists.flat()])];
}
