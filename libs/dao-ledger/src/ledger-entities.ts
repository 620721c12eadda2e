import { preparedOnce, type Database } from '@cnop/database-core';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { balanceItemSchema, transactionItemSchema } from '@cnop/entities-ledger/table';
import { Entity } from 'dynamodb-toolbox/entity';
import { Table } from 'dynamodb-toolbox/table';

/**
 * The toolbox entity of each kind of item in the ledger table that is updated, made once for all DAOs over a database.
 *
 * They are asked for inside functions, never part of a type: no declaration that a consumer compiles names the toolbox.
 */
export const ledgerEntities = (database: Database) => preparedOnce(database, declareEntities);

function declareEntities(database: Database) {
  const table = new Table({
    name: database.tableName(ledgerTableShape.name),
    partitionKey: { name: 'pk', type: 'string' },
    sortKey: { name: 'sk', type: 'string' },
  });
  const plain = { table, entityAttribute: false, timestamps: false } as const;

  return {
    balance: new Entity({ ...plain, name: 'Balance', schema: balanceItemSchema }),
    transaction: new Entity({ ...plain, name: 'BalanceTransaction', schema: transactionItemSchema }),
  };
}
