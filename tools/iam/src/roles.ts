import { toIamPolicy, type IamPolicy, type TableGrant } from '@cnop/database-core/infrastructure';
import { inventoryTableShape as inventory } from '@cnop/entities-inventory/shape';
import { ordersTableShape as orders } from '@cnop/entities-order/shape';
import { ledgerTableShape as ledger } from '@cnop/entities-ledger/shape';
import { usersTableShape as users } from '@cnop/entities-user/shape';
import { sessionAccessAttributes } from '@cnop/entities-user/table';

/** Every table. */
export const shapes = [users, ledger, orders, inventory];

/** Every role of the product's own, by the name of its policy, with all that it does. */
export const roles = {
  /** Users, their sessions, their money and its journal; what their holdings are worth. */
  'user-service': [
    { table: users, actions: ['BatchGetItem', 'DescribeTable', 'GetItem', 'PutItem', 'UpdateItem'] },
    // The claim on an address that is given up, in the transaction that claims another: the one thing that is ever deleted.
    { table: users, actions: ['ConditionCheckItem', 'DeleteItem'], onlyInTransactions: true },
    { table: ledger, actions: ['DescribeTable', 'GetItem', 'PutItem', 'Query', 'UpdateItem'] },
    { table: inventory, actions: ['BatchGetItem', 'DescribeTable', 'GetItem'] },
  ],
  /** Orders, and the money and assets that they move, in one transaction. */
  'order-service': [
    { table: orders, actions: ['BatchGetItem', 'DescribeTable', 'GetItem'] },
    {
      table: orders,
      indexes: ['byOwner', 'byOwnerAsset', 'byOwnerStatus', 'byRise', 'byFall', 'byTrail'],
      actions: ['Query'],
    },
    { table: orders, actions: ['PutItem', 'UpdateItem'], onlyInTransactions: true },
    // Balances, and the entries that an order names.
    { table: ledger, actions: ['BatchGetItem', 'DescribeTable', 'GetItem'] },
    { table: ledger, actions: ['PutItem', 'UpdateItem'], onlyInTransactions: true },
    { table: users, actions: ['DescribeTable'] },
    // Whether a user may act, in that session; never the hash of a password or a token, a name or an address.
    { table: users, actions: ['BatchGetItem', 'GetItem'], attributes: attributesOf(sessionAccessAttributes) },
    { table: inventory, actions: ['DescribeTable', 'GetItem', 'Query'] },
  ],
  /** Beside `order-service`, where one process tells all users of their orders as they change: the stream of orders. */
  'order-events': [
    { table: orders, streams: true, actions: ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'] },
  ],
  /** Standing orders, executed when a tick makes them due; the leases and checkpoints of the workers. */
  'order-worker': [
    { table: orders, actions: ['BatchGetItem', 'DescribeTable', 'GetItem', 'PutItem', 'Query', 'UpdateItem'] },
    { table: orders, indexes: ['byRise', 'byFall', 'byTrail', 'byExpiry'], actions: ['Query'] },
    { table: ledger, actions: ['DescribeTable'] },
    { table: ledger, actions: ['PutItem', 'UpdateItem'], onlyInTransactions: true },
    { table: inventory, actions: ['BatchGetItem', 'DescribeTable', 'GetItem', 'Query'] },
    { table: inventory, indexes: ['byStatus'], actions: ['Query'] },
    { table: inventory, streams: true, actions: ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'] },
  ],
  /** Assets and their prices. */
  'inventory-service': [
    { table: inventory, actions: ['BatchGetItem', 'DescribeTable', 'GetItem', 'PutItem', 'Query', 'UpdateItem'] },
    { table: inventory, indexes: ['byStatus', 'byCategory'], actions: ['Query'] },
    { table: users, actions: ['DescribeTable'] },
    { table: users, actions: ['BatchGetItem', 'GetItem'], attributes: attributesOf(sessionAccessAttributes) },
  ],
  /** `cnop-ledger-audit`: reads all of it and writes nothing. */
  'ledger-auditor': [
    { table: ledger, actions: ['BatchGetItem', 'GetItem', 'Query', 'Scan'] },
    { table: orders, actions: ['BatchGetItem', 'GetItem', 'Scan'] },
    { table: users, actions: ['GetItem', 'Scan'] },
    { table: inventory, actions: ['BatchGetItem', 'GetItem', 'Query'] },
    { table: inventory, indexes: ['byStatus'], actions: ['Query'] },
  ],
} as const satisfies Readonly<Record<string, readonly TableGrant[]>>;

/** The name of a role. */
export type RoleName = keyof typeof roles;

/** The names of all roles. */
export const roleNames = Object.keys(roles) as RoleName[];

/** The policy of a role. */
export const policyOf = (role: RoleName): IamPolicy => toIamPolicy(roles[role]);

/** Attributes with the keys of the table, which every request names. */
function attributesOf(attributes: readonly string[]): string[] {
  return [...new Set(['pk', 'sk', ...attributes])];
}
