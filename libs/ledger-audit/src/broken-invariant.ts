import type { RawItem } from '@cnop/database-core';
import { toJsonItem, type JsonItem } from './json-item.ts';
import { ledgerRules, type InvariantNumber, type LedgerRuleName } from './ledger-rules.ts';

/** Items that one finding shows at most; a balance may have any number of entries. */
export const maxItemsShown = 20;

/** One thing in the tables that cannot be, with the items that prove it. All of it is JSON-safe. */
export interface BrokenInvariant {
  readonly invariant: InvariantNumber;
  readonly rule: LedgerRuleName;
  /** A fixed sentence for the rule. */
  readonly message: string;
  readonly owner?: string;
  /** The currency or asset. */
  readonly code?: string;
  readonly orderId?: string;
  readonly transactionId?: string;
  /** The items as stored, at most 20. Of profiles only key, address, status, version and times. */
  readonly items: readonly JsonItem[];
  /** How many more items belong to it, if not all are shown. */
  readonly omittedItems?: number;
  /** What should be there; amounts in minor units. */
  readonly expected?: string;
  /** What is there instead. */
  readonly found?: string;
}

/** What a finding is about and what proves it. */
export interface Evidence {
  readonly owner?: string | undefined;
  readonly code?: string | undefined;
  readonly orderId?: string | undefined;
  readonly transactionId?: string | undefined;
  readonly items: readonly (RawItem | undefined)[];
  readonly omittedItems?: number | undefined;
  readonly expected?: string | bigint | undefined;
  readonly found?: string | bigint | undefined;
}

/** The finding that a rule is broken. Absent items are left out; of many, the first are shown. */
export function brokenInvariant(rule: LedgerRuleName, evidence: Evidence): BrokenInvariant {
  const { owner, code, orderId, transactionId, expected, found } = evidence;
  const items = evidence.items.filter((item) => item !== undefined);
  const omittedItems = (evidence.omittedItems ?? 0) + Math.max(0, items.length - maxItemsShown);

  return {
    ...ledgerRules[rule],
    rule,
    ...(owner !== undefined && { owner }),
    ...(code !== undefined && { code }),
    ...(orderId !== undefined && { orderId }),
    ...(transactionId !== undefined && { transactionId }),
    items: items.slice(0, maxItemsShown).map(toJsonItem),
    ...(omittedItems > 0 && { omittedItems }),
    ...(expected !== undefined && { expected: expected.toString() }),
    ...(found !== undefined && { found: found.toString() }),
  };
}
