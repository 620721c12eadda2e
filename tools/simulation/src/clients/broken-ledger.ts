import type { Database } from '@cnop/database-core';
import { checkLedger, type CheckLedgerOptions } from '@cnop/ledger-audit';
import type { Violation } from './violation.ts';

/** Has the ledger checked: whatever is broken in it, or still changes although nobody is at work. */
export async function brokenLedger(database: Database, options: CheckLedgerOptions = {}): Promise<Violation[]> {
  const { broken, unsettled } = await checkLedger(database, options);

  return [...broken, ...unsettled].map(({ rule, owner = '', code = '', expected = '', found = '' }) => ({
    rule: 'ledger is broken',
    detail: [rule, owner, code, expected && `expected ${expected}`, found && `found ${found}`]
      .filter(Boolean)
      .join(' '),
  }));
}
