export type { LedgerCounts } from './audit-context.ts';
export type { BrokenInvariant, JsonItem, JsonValue } from './broken-invariant.ts';
export { checkLedger, type CheckLedgerOptions, type LedgerProgress, type LedgerReport } from './check-ledger.ts';
export { ledgerRules, type InvariantNumber, type LedgerRuleName } from './ledger-rules.ts';
