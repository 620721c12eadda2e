import type { RawItem } from '@cnop/database-core';
import { isOpen, isTerminal, type Order, OrderStatus, sideOf } from '@cnop/entities-order';
import { brokenInvariant, type BrokenInvariant } from './broken-invariant.ts';
import type { LedgerRuleName } from './ledger-rules.ts';
import type { Stored } from './reading.ts';

type OrderRule = (
  order: Order,
) => { readonly expected?: string | bigint; readonly found?: string | bigint } | undefined;

const unexecuted: ReadonlySet<OrderStatus> = new Set([OrderStatus.PENDING, OrderStatus.CONFIRMED, OrderStatus.QUEUED]);

/** What one order by itself must be; each gives what is wrong, or nothing. */
const orderRules: Partial<Record<LedgerRuleName, OrderRule>> = {
  'order-held-negative': ({ heldMinor }) => (heldMinor < 0n ? { found: heldMinor } : undefined),
  'terminal-order-holds': ({ status, heldMinor }) =>
    isTerminal(status) && heldMinor > 0n ? { expected: 0n, found: heldMinor } : undefined,
  'unopened-order-holds': ({ status, heldMinor }) =>
    !isTerminal(status) && !isOpen(status) && heldMinor > 0n ? { expected: 0n, found: heldMinor } : undefined,
  'completed-order-without-fills': ({ status, fills }) =>
    status === OrderStatus.COMPLETED && fills.length === 0 ? {} : undefined,
  'unexecuted-order-with-fills': ({ status, fills }) =>
    unexecuted.has(status) && fills.length > 0 ? { found: status } : undefined,
  'fills-differ-from-quantity': fillsProblem,
  'refund-of-uncompleted-order': ({ status, refundTransactionId }) =>
    status !== OrderStatus.COMPLETED && refundTransactionId !== undefined
      ? { expected: OrderStatus.COMPLETED, found: status }
      : undefined,
  'order-names-entry-twice': ({ fills }) => {
    const ids = fills.map(({ transactionId }) => transactionId);
    const found = ids.find((id, index) => ids.indexOf(id) !== index);

    return found === undefined ? undefined : { found };
  },
};

/** A completed order is executed in full, a partly executed one is not, and no order is executed beyond its quantity. */
function fillsProblem({ status, fills, quantityMinor }: Order): ReturnType<OrderRule> {
  const found = fills.reduce((sum, fill) => sum + fill.quantityMinor, 0n);
  if (fills.length === 0 || unexecuted.has(status)) return undefined;

  if (status === OrderStatus.COMPLETED) return found === quantityMinor ? undefined : { expected: quantityMinor, found };
  return found < quantityMinor ? undefined : { expected: `less than ${quantityMinor.toString()}`, found };
}

/** What is wrong with an order by itself, whatever its entries say. */
export function orderFindings({ value: order, raw }: Stored<Order>): BrokenInvariant[] {
  return Object.entries(orderRules).flatMap(([rule, check]) => {
    const wrong = check(order);
    return wrong ? [orderFinding(rule as LedgerRuleName, order, { ...wrong, items: [raw] })] : [];
  });
}

/** A finding about an order. */
export function orderFinding(
  rule: LedgerRuleName,
  { orderId, owner }: Order,
  evidence: {
    readonly items: readonly (RawItem | undefined)[];
    readonly transactionId?: string;
    readonly expected?: string | bigint;
    readonly found?: string | bigint;
  },
): BrokenInvariant {
  return brokenInvariant(rule, { orderId, owner, ...evidence });
}

/** The code that an order holds while it is open: a buy its currency, a sell its asset. */
export const heldCodeOf = ({ orderType, currency, assetId }: Order): string =>
  sideOf(orderType) === 'BUY' ? currency : assetId;

/** How much of that an order holds: nothing unless it is open. */
export const heldOf = ({ status, heldMinor }: Order): bigint => (isOpen(status) ? heldMinor : 0n);

/** What open orders hold: for each user and code, which order how much. Grows with the open holds and with nothing else. */
export interface OpenHolds {
  /** Notes what an order holds, if it is open and holds anything. */
  add(order: Order): void;
  /** What a user's open orders hold, by code. From now on the user counts as seen. */
  heldBy(owner: string): ReadonlyMap<string, bigint>;
  /** The orders of a user that hold something. */
  orderIdsOf(owner: string): readonly string[];
  /** The owners whose holds nobody has asked for. */
  unseen(): string[];
}

interface UserHolds {
  readonly heldMinorById: Map<string, { readonly code: string; readonly heldMinor: bigint }>;
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

      const holds = owners.get(owner) ?? { heldMinorById: new Map(), seen: false };
      holds.heldMinorById.set(orderId, { code: heldCodeOf(order), heldMinor });
      owners.set(owner, holds);
    },
    heldBy: (owner) => {
      const holds = owners.get(owner);
      if (!holds) return new Map();

      holds.seen = true;
      return sumByCode(holds.heldMinorById.values());
    },
    orderIdsOf: (owner) => [...(owners.get(owner)?.heldMinorById.keys() ?? [])],
    unseen: () => [...owners].filter(([, { seen }]) => !seen).map(([owner]) => owner),
  };
}

/** Adds up what is held of each code. */
export function sumByCode(holds: Iterable<{ readonly code: string; readonly heldMinor: bigint }>): Map<string, bigint> {
  const sums = new Map<string, bigint>();

  for (const { code, heldMinor } of holds) sums.set(code, (sums.get(code) ?? 0n) + heldMinor);
  return sums;
}
