import type { RawItem } from '@cnop/database-core';
import {
  type Balance,
  balanceEffect,
  type BalanceEffect,
  type BalanceTransaction,
  Bucket,
} from '@cnop/entities-ledger';
import { codeOfKey } from '@cnop/entities-ledger/table';
import type { HeldSum } from './audit-context.ts';
import { brokenInvariant, type BrokenInvariant, maxItemsShown } from './broken-invariant.ts';
import type { LedgerRuleName } from './ledger-rules.ts';
import type { Stored } from './reading.ts';

/** One code of one user: the balance, and what the journal says that it should be. */
export interface CodeTally {
  readonly code: string;
  balance?: Stored<Balance>;
  /** There is a balance but it cannot be read, so nothing can be said of it. */
  isUnreadable: boolean;
  sums: BalanceEffect;
  /** How many completed entries moved it. */
  entryCount: number;
  /** The newest of those entries, where they were asked for. */
  readonly newestEntries: RawItem[];
}

/** A user's balances against the user's journal. Grows with the user's codes and open holds, not with the journal. */
export interface Tally {
  readonly codes: ReadonlyMap<string, CodeTally>;
  addBalance(balance: Stored<Balance>): void;
  /** Notes that there is a balance that cannot be read. */
  addUnreadableBalance(code: string): void;
  /** Adds what an entry moved; the findings are about its scales. */
  addEntry(entry: Stored<BalanceTransaction>): BrokenInvariant[];
  /** The orders for which the journal holds something. */
  holdingOrderIds(): string[];
}

/** An empty tally. With `evidenceFor` it keeps the newest entries of those codes. */
export function createTally(evidenceFor: ReadonlySet<string> = new Set()): Tally {
  const codes = new Map<string, CodeTally>();
  const heldByOrder = new Map<string, bigint>();

  const tallyOf = (code: string): CodeTally => {
    const tally = codes.get(code) ?? emptyTally(code);
    codes.set(code, tally);
    return tally;
  };

  return {
    codes,
    addBalance: (balance) => {
      tallyOf(balance.value.code).balance = balance;
    },
    addUnreadableBalance: (code) => {
      tallyOf(code).isUnreadable = true;
    },
    addEntry: (entry) => {
      if (entry.value.status !== 'COMPLETED') return [];

      addHolds(heldByOrder, entry.value);
      return [...new Set(entry.value.postings.map(({ code }) => code))].flatMap((code) => {
        const tally = tallyOf(code);
        tally.sums = addEffects(tally.sums, balanceEffect(entry.value, code));
        tally.entryCount += 1;
        if (evidenceFor.has(code)) keepNewest(tally.newestEntries, entry.raw);

        return scaleFindings(tally, entry);
      });
    },
    holdingOrderIds: () => [...new Set([...heldByOrder.keys()].map((key) => key.slice(0, key.indexOf(' '))))],
  };
}

/** Notes that an item cannot be read, if it is a balance: nothing can be said of its code then. */
export function noteUnreadable(tally: Tally, { sk }: RawItem): void {
  const code = codeOfKey(String(sk));
  if (code !== undefined) tally.addUnreadableBalance(code);
}

const emptyTally = (code: string): CodeTally => ({
  code,
  isUnreadable: false,
  sums: { availableMinor: 0n, heldMinor: 0n, depositedMinor: 0n, withdrawnMinor: 0n },
  entryCount: 0,
  newestEntries: [],
});

const addEffects = (sums: BalanceEffect, effect: BalanceEffect): BalanceEffect => ({
  availableMinor: sums.availableMinor + effect.availableMinor,
  heldMinor: sums.heldMinor + effect.heldMinor,
  depositedMinor: sums.depositedMinor + effect.depositedMinor,
  withdrawnMinor: sums.withdrawnMinor + effect.withdrawnMinor,
});

/** What the journal holds for each order and code; what came back to zero is forgotten. */
function addHolds(heldByOrder: Map<string, bigint>, { orderId, postings }: BalanceTransaction): void {
  if (orderId === undefined) return;

  for (const { code, bucket, amountMinor } of postings) {
    if (bucket !== Bucket.HELD) continue;

    const key = `${orderId} ${code}`;
    const held = (heldByOrder.get(key) ?? 0n) + amountMinor;
    if (held === 0n) heldByOrder.delete(key);
    else heldByOrder.set(key, held);
  }
}

function keepNewest(entries: RawItem[], entry: RawItem): void {
  entries.push(entry);
  if (entries.length > maxItemsShown - 1) entries.shift();
}

/** Scales never change, so one that differs is wrong whenever it is seen. */
function scaleFindings({ code, balance }: CodeTally, { value: entry, raw }: Stored<BalanceTransaction>) {
  const posting = entry.postings.find((other) => other.code === code && balance && other.scale !== balance.value.scale);
  if (!balance || !posting) return [];

  const { owner, transactionId } = entry;
  return [
    brokenInvariant('posting-scale-differs', {
      owner,
      code,
      transactionId,
      items: [balance.raw, raw],
      expected: balance.value.scale.toString(),
      found: posting.scale.toString(),
    }),
  ];
}

/** A break that a write in passing may have feigned, until it is read again. */
export type Suspect = BrokenInvariant & { readonly code: string };

/** What open orders hold, and the orders themselves where they were read; both by code. */
export interface HeldByOrders {
  readonly sums: ReadonlyMap<string, HeldSum>;
  readonly orders?: ReadonlyMap<string, readonly RawItem[]>;
}

const amountRules = [
  ['available-differs-from-postings', 'availableMinor', 'availableMinor'],
  ['held-differs-from-postings', 'heldMinor', 'heldMinor'],
  ['deposited-differs-from-postings', 'depositedMinor', 'totalDepositedMinor'],
  ['withdrawn-differs-from-postings', 'withdrawnMinor', 'totalWithdrawnMinor'],
] as const;

const holdRules = [
  ['held-differs-from-open-orders', 'heldMinor'],
  ['open-orders-differ', 'openOrders'],
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
  const expected = held.sums.get(code);
  const found = codeTally?.balance?.value;
  const items = [codeTally?.balance?.raw, ...(held.orders?.get(code) ?? [])];

  return holdRules.flatMap(([rule, field]) => {
    const wanted = String(expected?.[field] ?? 0);
    const stored = String(found?.[field] ?? 0);

    return wanted === stored ? [] : [suspect(rule, { owner, code, items, expected: wanted, found: stored })];
  });
}

const suspect = (
  rule: LedgerRuleName,
  evidence: Parameters<typeof brokenInvariant>[1] & { readonly code: string },
): Suspect => ({ ...brokenInvariant(rule, evidence), code: evidence.code });
