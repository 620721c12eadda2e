import { preparedOnce, type Database, type WriteAction } from '@cnop/database-core';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { balanceItemSchema, transactionItemSchema } from '@cnop/entities-ledger/table';
import { Entity } from 'dynamodb-toolbox/entity';
import { Table } from 'dynamodb-toolbox/table';

/** The ledger table of one database, with the toolbox entity of each kind of item that is updated; made once for all DAOs over it. */
export const openLedgerTable = (database: Database) => preparedOnce(database, declareLedgerTable);

function declareLedgerTable(database: Database) {
  const tableName = database.tableName(ledgerTableShape.name);
  const table = new Table({
    name: tableName,
    partitionKey: { name: 'pk', type: 'string' },
    sortKey: { name: 'sk', type: 'string' },
  });
  const plain = { table, entityAttribute: false, timestamps: false } as const;

  return {
    tableName,
    balance: new Entity({ ...plain, name: 'Balance', schema: balanceItemSchema }),
    transaction: new Entity({ ...plain, name: 'BalanceTransaction', schema: transactionItemSchema }),
  };
}

/** What {@link openLedgerTable} gives. */
export type LedgerTable = ReturnType<typeof openLedgerTable>;

/**
 * Makes the action that checks that an owner exists and may receive, such as a ConditionCheck on the item of a customer. It joins the
 * write of each credit and costs 2 write units; its `onConditionFailed` gives the error that says why the owner may not receive.
 */
export type OwnerCheck = (owner: string) => WriteAction;

/** Where balances and journal entries are written, and under which rules. */
export interface LedgerContext {
  readonly database: Database;
  readonly table: LedgerTable;
  /** The codes that may be deposited and withdrawn. */
  readonly currencies: ReadonlySet<string>;
  readonly ownerCheck: OwnerCheck | undefined;
}

/** The check of an owner who is to receive; none where none is configured. */
export const ownerChecks = ({ ownerCheck }: LedgerContext, owner: string): WriteAction[] =>
  ownerCheck ? [ownerCheck(owner)] : [];
