import type { Database } from '@cnop/database-core';
import type { FindingLog } from './finding-log.ts';
import type { OpenHolds } from './open-holds.ts';

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
