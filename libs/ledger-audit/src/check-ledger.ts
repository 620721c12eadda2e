import type { Database } from '@cnop/database-core';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import { assertWholeSetting } from '@cnop/validation';
import {
  type AuditContext,
  createFindingLog,
  type LedgerCounts,
  type RunningCounts,
  createOpenHolds,
} from './audit-context.ts';
import { auditAssets } from './audit-assets.ts';
import { auditOrders } from './audit-orders.ts';
import { auditOwners } from './audit-owners.ts';
import { auditUsers } from './audit-users.ts';
import type { BrokenInvariant } from './broken-invariant.ts';
import { createOpenTriggers, type WatchedOrder } from './open-triggers.ts';

/** How an audit runs, and who hears of it. */
export interface CheckLedgerOptions {
  /** How many segments of a table are read at the same time, 1 to 256: a page of each, up to 1 MB, is in memory. Default 4. */
  readonly segments?: number;
  /** How many breaks the report keeps; all are counted. Default 1000. */
  readonly maxBroken?: number;
  /** Into how many parts the index of expiries is read, 1 to 64, as the order flows are configured. Default 4. */
  readonly expiryShards?: number;
  /**
   * How long after its expiry an order may be open, in milliseconds, as the order flows are configured; a minute more is allowed to those
   * that sweep each minute. Default 130,000.
   */
  readonly expiryGraceMs?: number;
  /**
   * Whether to judge every open order, and every trail that was filled, by the log of ticks: finds triggers that were missed. Keeps the
   * terms of the open orders in memory, and reads the log once more for each trail that was filled. Default false.
   */
  readonly judgeTriggers?: boolean;
  /** Called with every break as it becomes certain, those beyond `maxBroken` too. */
  readonly onBroken?: (broken: BrokenInvariant) => void;
  /** Called after each partition and each hundred or so orders. */
  readonly onProgress?: (progress: LedgerProgress) => void;
}

/** How far an audit has come. Orders are read first, then assets, then owners, and users last. */
export interface LedgerProgress {
  readonly phase: 'orders' | 'assets' | 'owners' | 'users';
  readonly counts: LedgerCounts;
  readonly brokenCount: number;
}

/** What an audit found. All of it is JSON-safe. */
export interface LedgerReport {
  /** The breaks, at most as many as were asked for. Empty on a sound ledger. */
  readonly broken: readonly BrokenInvariant[];
  /** How many breaks there are in all. */
  readonly brokenCount: number;
  /** What looked broken each time, but was written to each time too: neither broken nor sound for certain. At most as many as `broken`. */
  readonly unsettled: readonly BrokenInvariant[];
  readonly unsettledCount: number;
  readonly counts: LedgerCounts;
  readonly durationMs: number;
}

const defaultSegments = 4;
const defaultMaxBroken = 1_000;
const defaultExpiryShards = 4;
const mostShards = 64;
const defaultExpiryGraceMs = 130_000;
/** How often those sweep that do it by a schedule. */
const sweepEveryMs = 60_000;
/** Each holds a page and a connection, of which a database opens 128 at most by default; DynamoDB itself would take 1,000,000. */
const mostSegments = 256;

/**
 * Checks every invariant of the ledger over the whole ledger and orders tables, and returns what is broken with the items that prove it.
 * Where the database has a users table too, also that each e-mail address is claimed by the one user who has it.
 *
 * Writes nothing, and may run on a live table: what looks broken is read again consistently, and only what persists is reported. Memory
 * grows with open holds and with what is found, not with orders or journal entries. Costs a consistent Scan of the tables, a consistent
 * Query of every owner's partition, and a consistent read of each order per entry and of each entry per order: some three times the read
 * units of the data.
 *
 * @throws ConfigurationError for a wrong option; DatabaseUnavailableError, ThrottledError, DatabaseError.
 * @example
 * const { brokenCount, broken } = await checkLedger(database);
 */
export async function checkLedger(database: Database, options: CheckLedgerOptions = {}): Promise<LedgerReport> {
  const { segments = defaultSegments, maxBroken = defaultMaxBroken, onBroken, onProgress } = options;
  const { expiryShards = defaultExpiryShards, expiryGraceMs = defaultExpiryGraceMs, judgeTriggers = false } = options;
  assertWholeSetting('segments', segments, { from: 1, to: mostSegments });
  assertWholeSetting('expiryShards', expiryShards, { from: 1, to: mostShards });
  assertWholeSetting('expiryGraceMs', expiryGraceMs, { from: 0, to: Number.MAX_SAFE_INTEGER });
  assertWholeSetting('maxBroken', maxBroken, { from: 0, to: Number.MAX_SAFE_INTEGER });

  const start = performance.now();
  const log = createFindingLog({ maxBroken, onBroken });
  const counts = noCounts();
  const isOverdue = ({ expiresAt }: WatchedOrder) =>
    Date.parse(expiresAt) + expiryGraceMs + sweepEveryMs <= database.clock.now().getTime();
  let phase: LedgerProgress['phase'] = 'orders';
  const context: AuditContext = {
    database,
    ledgerTable: database.tableName(ledgerTableShape.name),
    usersTable: database.hasTable(usersTableShape.name) ? database.tableName(usersTableShape.name) : undefined,
    ordersTable: database.tableName(ordersTableShape.name),
    inventoryTable: database.hasTable(inventoryTableShape.name)
      ? database.tableName(inventoryTableShape.name)
      : undefined,
    expiryShards,
    segments,
    log,
    counts,
    holds: createOpenHolds(),
    triggers: createOpenTriggers({ isOverdue, all: judgeTriggers }),
    isOverdue,
    judgesTriggers: judgeTriggers,
    progress: () => onProgress?.({ phase, counts: { ...counts }, brokenCount: log.counts().brokenCount }),
  };

  await auditOrders(context);
  phase = 'assets';
  await auditAssets(context);
  phase = 'owners';
  await auditOwners(context);
  phase = 'users';
  await auditUsers(context);

  const durationMs = Math.round(performance.now() - start);
  return { broken: log.broken, unsettled: log.unsettled, ...log.counts(), counts: { ...counts }, durationMs };
}

const noCounts = (): RunningCounts => ({
  owners: 0,
  users: 0,
  emailClaims: 0,
  balances: 0,
  transactions: 0,
  idempotencyClaims: 0,
  orders: 0,
  openOrders: 0,
  assets: 0,
  ticks: 0,
  others: 0,
});
