import type { RawItem } from '@cnop/database-core';
import { brokenInvariant, type BrokenInvariant } from './broken-invariant.ts';
import type { LedgerRuleName } from './ledger-rules.ts';
import type { CodeTally, Tally } from './tally.ts';

/** A break that a write in passing may have feigned, until it is read again. */
export type Suspect = BrokenInvariant & { readonly code: string };

/** What open orders hold, and the orders themselves where they were read; both by code. */
export interface HeldByOrders {
  readonly sums: ReadonlyMap<string, bigint>;
  readonly orders?: ReadonlyMap<string, readonly RawItem[]>;
}

const amountRules = [
  ['available-differs-from-postings', 'availableMinor', 'availableMinor'],
  ['held-differs-from-postings', 'heldMinor', 'heldMinor'],
  ['deposited-differs-from-postings', 'depositedMinor', 'totalDepositedMinor'],
  ['withdrawn-differs-from-postings', 'withdrawnMinor', 'totalWithdrawnMinor'],
] as const;

/** Where a user's balances are not what the journal and the open orders say, in every code that any of them knows. */
export function tallyFindings(owner: string, tally: Tally, held: HeldByOrders): Suspect[] {
  const codes = new Set([...tally.codes.keys(), ...held.sums.keys()]);

  return [...codes].flatMap((code) => {
    const codeTally = tally.codes.get(code);
    if (codeTally?.isUnreadable) return [];

    return [...(codeTally ? sumFindings(owner, codeTally) : []), ...holdFindings(owner, code, { codeTally, held })];
  });
}

function sumFindings(owner: string, tally: CodeTally): Suspect[] {
  const { code, balance, sums, entryCount, newestEntries } = tally;
  const evidence = { items: [balance?.raw, ...newestEntries], omittedItems: entryCount - newestEntries.length };
  if (!balance) return [suspect('balance-missing', { owner, code, ...evidence })];

  return amountRules.flatMap(([rule, summed, stored]) => {
    const expected = sums[summed];
    const found = balance.value[stored];

    return expected === found ? [] : [suspect(rule, { owner, code, ...evidence, expected, found })];
  });
}

function holdFindings(
  owner: string,
  code: string,
  { codeTally, held }: { readonly codeTally: CodeTally | undefined; readonly held: HeldByOrders },
): Suspect[] {
  const expected = held.sums.get(code) ?? 0n;
  const found = codeTally?.balance?.value.heldMinor ?? 0n;
  const items = [codeTally?.balance?.raw, ...(held.orders?.get(code) ?? [])];

  return expected === found ? [] : [suspect('held-differs-from-open-orders', { owner, code, items, expected, found })];
}

const suspect = (
  rule: LedgerRuleName,
  evidence: Parameters<typeof brokenInvariant>[1] & { readonly code: string },
): Suspect => ({ ...brokenInvariant(rule, evidence), code: evidence.code });
