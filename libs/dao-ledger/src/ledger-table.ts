import type { Database, WriteAction } from '@cnop/database-core';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';

/** The ledger table of one database. */
export interface LedgerTable {
  /** Its physical name. */
  readonly tableName: string;
}

/** Opens it. @throws ConfigurationError when the database has no such table. */
export const openLedgerTable = (database: Database): LedgerTable => ({
  tableName: database.tableName(ledgerTableShape.name),
});

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
