import { executeWrite, type Database, type WriteAction } from '@cnop/database-core';
import {
  capturePostings,
  holdPostings,
  paymentPostings,
  releasePostings,
  type BalanceTransaction,
  type Fill,
} from '@cnop/entities-ledger';
import type { BalanceDao } from '../../src/index.ts';
import type { TestStore } from './test-store.ts';

const scale = 2;
const code = 'USD';

/** What an order does to the balances of its owner, in cents, each with its entry in one write. */
export interface OrderWrites {
  /** Holds an amount as the order begins, or raises what it holds. */
  hold(owner: string, amountMinor: bigint, options?: Opening): Promise<unknown>;
  /** Gives back what is held, as the order ends or holds less. */
  release(owner: string, amountMinor: bigint, options?: Closing): Promise<unknown>;
  /** Buys one share at a price, out of what is held and what is available. */
  capture(owner: string, heldMinor: bigint, options: Closing & { readonly priceMinor: bigint }): Promise<unknown>;
  /** Buys one share at a price out of `available`, and holds it for another order. */
  buyAndHold(owner: string, priceMinor: bigint, options?: Pick<Opening, 'opensOrder'>): Promise<unknown>;
}

interface Opening {
  readonly opensOrder?: boolean;
  readonly maxOpenOrders?: number;
}

interface Closing {
  readonly closesOrder?: boolean;
}

/** The writes over the DAO of a store. */
export function orderWrites({ database, balances }: Pick<TestStore, 'database' | 'balances'>): OrderWrites {
  const at = '2026-01-05T09:30:00.000Z';
  const shares = { code: 'ACME', amountMinor: 1n, scale: 0 };
  const put = (entries: readonly BalanceTransaction[], actions: readonly WriteAction[]) =>
    putEntries({ database, balances, entries, actions });
  const entryOf = (owner: string, part: Pick<BalanceTransaction, 'transactionType' | 'postings' | 'fill'>) => ({
    transactionId: database.ids.ulid(),
    owner,
    status: 'COMPLETED' as const,
    orderId: '7d444840-9dc0-51d1-b245-5ffdce74fad2',
    createdAt: at,
    updatedAt: at,
    ...part,
  });
  const trade = (priceMinor: bigint) => ({
    side: 'BUY' as const,
    cash: { code, amountMinor: priceMinor, scale },
    asset: shares,
  });

  return {
    hold: (owner, amountMinor, options = {}) => {
      const postings = holdPostings({ code, amountMinor, scale });
      const action = balances.holdAction({ owner, code, amountMinor, scale, at, ...options });

      return put([entryOf(owner, { transactionType: 'ORDER_HOLD', postings })], [action]);
    },
    release: (owner, amountMinor, options = {}) => {
      const postings = releasePostings({ code, amountMinor, scale });
      const action = balances.releaseAction({ owner, code, amountMinor, scale, at, ...options });

      return put([entryOf(owner, { transactionType: 'ORDER_RELEASE', postings })], [action]);
    },
    capture: (owner, heldMinor, { priceMinor, ...options }) => {
      const postings = capturePostings({ ...trade(priceMinor), heldMinor });
      const availableMinor = heldMinor - priceMinor;

      return put(
        [entryOf(owner, { transactionType: 'ORDER_PAYMENT', postings, fill: fillAt(priceMinor) })],
        [
          balances.captureAction({ owner, code, scale, at, heldMinor, availableMinor, ...options }),
          balances.creditAction({ owner, at, ...shares }),
        ],
      );
    },
    buyAndHold: (owner, priceMinor, options = {}) => {
      const postings = paymentPostings(trade(priceMinor));

      return put(
        [
          entryOf(owner, { transactionType: 'ORDER_PAYMENT', postings, fill: fillAt(priceMinor) }),
          entryOf(owner, { transactionType: 'ORDER_HOLD', postings: holdPostings(shares) }),
        ],
        [
          balances.debitAction({ owner, code, amountMinor: priceMinor, scale, at }),
          balances.creditHeldAction({ owner, at, ...shares, ...options }),
        ],
      );
    },
  };
}

const fillAt = (priceMinor: bigint): Fill => ({
  priceMinor,
  priceScale: scale,
  quantityMinor: 1n,
  quantityScale: 0,
  side: 'BUY',
});

interface EntriesWrite {
  readonly database: Database;
  readonly balances: BalanceDao;
  readonly entries: readonly BalanceTransaction[];
  readonly actions: readonly WriteAction[];
}

/** Puts entries with what moves the balances. The first one is the guard, as an order would be. */
async function putEntries({ database, balances, entries, actions }: EntriesWrite): Promise<unknown> {
  const [first, ...others] = entries.map((entry) => balances.putTransactionAction(entry));
  const { write } = first!;
  const guard = { write, writeId: String(write.Put?.Item?.['writeId']), onConditionFailed: () => undefined };

  return await executeWrite(database, { operation: 'order', guard, actions: [...others, ...actions] });
}
