import { balanceItemSchema, claimItemSchema, transactionItemSchema } from '@cnop/entities-ledger/table';
import { Entity } from 'dynamodb-toolbox/entity';
import { Table } from 'dynamodb-toolbox/table';

/** The condition under which an item is put that must not be there yet. */
export const absent = { attr: 'pk', exists: false } as const;

/** The toolbox entity of each kind of item in the ledger table. */
export function openLedgerEntities(tableName: string) {
  const table = new Table({
    name: tableName,
    partitionKey: { name: 'pk', type: 'string' },
    sortKey: { name: 'sk', type: 'string' },
  });
  const plain = { table, entityAttribute: false, timestamps: false } as const;

  return {
    balance: new Entity({ ...plain, name: 'Balance', schema: balanceItemSchema }),
    transaction: new Entity({ ...plain, name: 'BalanceTransaction', schema: transactionItemSchema }),
    claim: new Entity({ ...plain, name: 'Claim', schema: claimItemSchema }),
  };
}

/** What {@link openLedgerEntities} gives. */
export type LedgerEntities = ReturnType<typeof openLedgerEntities>;
