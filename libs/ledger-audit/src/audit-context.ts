import type { Database } from '@cnop/database-core';
import type { BrokenInvariant } from './broken-invariant.ts';
import type { OpenHolds } from './order-findings.ts';

/** How many items of each kind an audit read. On a table that is written to meanwhile, about. */
export interface LedgerCounts {
  /** Those with anything in the ledger. */
  readonly owners: number;
  readonly users: number;
  readonly emailClaims: number;
  readonly balances: number;
  readonly transactions: number;
  readonly idempotencyClaims: number;
  readonly orders: number;
  readonly openOrders: number;
  /** Items of the tables that no rule is about, such as sessions. */
  readonly others: number;
}

/** The counts as they grow. */
export type RunningCounts = { -readonly [TName in keyof LedgerCounts]: LedgerCounts[TName] };

/** What every part of an audit works with. */
export interface AuditContext {
  readonly database: Database;
  /** Physical table names. */
  readonly ledgerTable: string;
  readonly ordersTable: string;
  /** Absent where the database has no users: then there are no e-mail claims to check. */
  readonly usersTable: string | undefined;
  readonly segments: number;
  readonly log: FindingLog;
  readonly counts: RunningCounts;
  readonly holds: OpenHolds;
  /** Called now and then, after some work. */
  progress(): void;
}

/** How often something that looks broken is read again at most, before it is given up as unsettled. */
export const settleRounds = 8;

const firstDelayMs = 50;
const longestDelayMs = 2_000;

/** How long to wait before a round, 1 for the first: no jitter, since a transaction in passing must have time to land. */
export const settleDelayMs = (round: number): number => Math.min(longestDelayMs, firstDelayMs * 2 ** (round - 1));

/** What was found: every break counted, once each, and as many kept as may be. */
export interface FindingLog {
  /** The first of the breaks, and of those that never settled. */
  readonly broken: readonly BrokenInvariant[];
  readonly unsettled: readonly BrokenInvariant[];
  counts(): { readonly brokenCount: number; readonly unsettledCount: number };
  report(...findings: readonly BrokenInvariant[]): void;
  reportUnsettled(...findings: readonly BrokenInvariant[]): void;
}

/** What a {@link FindingLog} does with a break. */
export interface FindingLogOptions {
  readonly maxBroken: number;
  readonly onBroken?: ((broken: BrokenInvariant) => void) | undefined;
}

/** An empty log. A finding that was reported before, of a partition met twice say, is left out. */
export function createFindingLog({ maxBroken, onBroken }: FindingLogOptions): FindingLog {
  const broken: BrokenInvariant[] = [];
  const unsettled: BrokenInvariant[] = [];
  const known = new Set<string>();
  const knownUnsettled = new Set<string>();

  return {
    broken,
    unsettled,
    counts: () => ({ brokenCount: known.size, unsettledCount: knownUnsettled.size }),
    report: (...findings) => {
      for (const finding of findings) {
        if (!addKey(known, finding)) continue;
        if (broken.length < maxBroken) broken.push(finding);
        onBroken?.(finding);
      }
    },
    reportUnsettled: (...findings) => {
      for (const finding of findings) {
        if (addKey(knownUnsettled, finding) && unsettled.length < maxBroken) unsettled.push(finding);
      }
    },
  };
}

function addKey(keys: Set<string>, finding: BrokenInvariant): boolean {
  const key = findingKey(finding);
  if (keys.has(key)) return false;

  keys.add(key);
  return true;
}

/** What tells one finding from every other. */
function findingKey({ rule, owner, code, orderId, transactionId, items }: BrokenInvariant): string {
  const { pk, sk } = items[0] ?? {};

  return JSON.stringify([rule, owner, code, orderId, transactionId, pk, sk]);
}
