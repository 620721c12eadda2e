import type { RawItem } from '@cnop/database-core';
import { PROFILE_SORT_KEY } from '@cnop/entities-user/table';
import { type InvariantNumber, type LedgerRuleName, ledgerRules } from './ledger-rules.ts';

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

/** A value that JSON can carry. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** A stored item as evidence: amounts beyond JavaScript's exact numbers are decimal text. */
export type JsonItem = Readonly<Record<string, JsonValue>>;

/** What a profile shows as evidence; never its password hash, its names, or what else is nobody's business. */
const profileAttributes = new Set([
  'pk',
  'sk',
  'schemaVersion',
  'email',
  'status',
  'version',
  'createdAt',
  'updatedAt',
]);

/** A stored item in a form that JSON can carry. Of a profile only what tells which it is, whose, and its address. */
function toJsonItem(raw: RawItem): JsonItem {
  const shown = Object.entries(raw).filter(([name]) => raw.sk !== PROFILE_SORT_KEY || profileAttributes.has(name));

  return Object.fromEntries(shown.map(([name, value]) => [name, toJson(value)]));
}

function toJson(value: unknown): JsonValue {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Set) return [...(value as Set<unknown>)].map(toJson);
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, toJson(entry)]));
  }
  return value as string | number | boolean | null;
}
