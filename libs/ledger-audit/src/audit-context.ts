import type { Database } from '@cnop/database-core';
import type { BrokenInvariant } from './broken-invariant.ts';
import type { OpenTriggers, WatchedOrder } from './open-triggers.ts';
import type { Order } from '@cnop/entities-order';
import { isOpen, sideOf } from '@cnop/entities-order';

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
  readonly assets: number;
  readonly ticks: number;
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
  /** Absent where the database has no assets: then neither keys of prices nor fills are judged by them. */
  readonly inventoryTable: string | undefined;
  /** Into how many parts the index of expiries is read. */
  readonly expiryShards: number;
  readonly segments: number;
  readonly log: FindingLog;
  readonly counts: RunningCounts;
  readonly holds: OpenHolds;
  readonly triggers: OpenTriggers;
  /** Whether an order should long be over, whoever sweeps. */
  readonly isOverdue: (order: WatchedOrder) => boolean;
  /** Whether open orders, and trails that were filled, are judged by the log of ticks. */
  readonly judgesTriggers: boolean;
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

/** What open orders hold: for each user and code, which order how much. Grows with the open holds and with nothing else. */
export interface OpenHolds {
  /** Notes what an order holds, if it is open and holds anything. */
  add(order: Order): void;
  /** What a user's open orders hold, by code. From now on the user counts as seen. */
  heldBy(owner: string): ReadonlyMap<string, HeldSum>;
  /** The orders of a user that hold something. */
  orderIdsOf(owner: string): readonly string[];
  /** The owners whose holds nobody has asked for. */
  unseen(): string[];
}

/** What open orders of one owner hold of one code. */
export interface HeldSum {
  /** In minor units of the code, all together. */
  readonly heldMinor: bigint;
  /** How many orders. */
  readonly openOrders: number;
}

interface Hold {
  readonly code: string;
  readonly heldMinor: bigint;
}

interface UserHolds {
  readonly holdsById: Map<string, Hold>;
  seen: boolean;
}

/** An empty collection of open holds. */
export function createOpenHolds(): OpenHolds {
  const owners = new Map<string, UserHolds>();

  return {
    add: (order) => {
      const { owner, orderId } = order;
      const heldMinor = heldOf(order);
      if (heldMinor === 0n) return;

      const holds = owners.get(owner) ?? { holdsById: new Map(), seen: false };
      holds.holdsById.set(orderId, { code: heldCodeOf(order), heldMinor });
      owners.set(owner, holds);
    },
    heldBy: (owner) => {
      const holds = owners.get(owner);
      if (!holds) return new Map();

      holds.seen = true;
      return sumByCode(holds.holdsById.values());
    },
    orderIdsOf: (owner) => [...(owners.get(owner)?.holdsById.keys() ?? [])],
    unseen: () => [...owners].filter(([, { seen }]) => !seen).map(([owner]) => owner),
  };
}

const nothingHeld: HeldSum = { heldMinor: 0n, openOrders: 0 };

/** Adds up what is held of each code, and counts the holds. */
export function sumByCode(holds: Iterable<Hold>): Map<string, HeldSum> {
  const sums = new Map<string, HeldSum>();

  for (const { code, heldMinor } of holds) {
    const sum = sums.get(code) ?? nothingHeld;
    sums.set(code, { heldMinor: sum.heldMinor + heldMinor, openOrders: sum.openOrders + 1 });
  }
  return sums;
}

/** The code that an order holds while it is open: a buy its currency, a sell its asset. */
export const heldCodeOf = ({ orderType, currency, assetId }: Order): string =>
  sideOf(orderType) === 'BUY' ? currency : assetId;

/** How much of that an order holds: nothing unless it is open. */
export const heldOf = ({ status, heldMinor }: Order): bigint => (isOpen(status) ? heldMinor : 0n);
