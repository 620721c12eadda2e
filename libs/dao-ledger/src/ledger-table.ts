import { preparedOnce, type Database, type WriteAction } from '@cnop/database-core';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { openLedgerEntities } from './ledger-entities.ts';
import { compileMoneyWrites } from './money-writes.ts';

/** The ledger table of one database: its entities, and the writes that are compiled from those, once for all DAOs over it. */
export const openLedgerTable = (database: Database) => preparedOnce(database, compileLedgerTable);

function compileLedgerTable(database: Database) {
  const tableName = database.tableName(ledgerTableShape.name);
  const entities = openLedgerEntities(tableName);

  return { tableName, ...entities, ...compileMoneyWrites(entities) };
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
