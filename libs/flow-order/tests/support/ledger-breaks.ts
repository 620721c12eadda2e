import type { OrderDao } from '@cnop/dao-order';
import type { BalanceDao } from '@cnop/dao-ledger';
import { isOpen, isStanding, needOf, sideOf, type Order } from '@cnop/entities-order';
import { balanceEffect, journalShapeProblem, type Balance, type BalanceTransaction } from '@cnop/entities-ledger';

/** Where to look, and at whom. */
export interface Ledger {
  readonly balances: BalanceDao;
  readonly orders: OrderDao;
  readonly owners: readonly string[];
}

const amounts = ['availableMinor', 'heldMinor', 'totalDepositedMinor', 'totalWithdrawnMinor'] as const;

/**
 * What does not add up; there should be nothing: an amount that is below zero or not the sum of the COMPLETED postings, an entry of
 * the wrong shape, an order and an entry that do not name each other.
 */
export async function findLedgerBreaks({ balances, orders, owners }: Ledger): Promise<string[]> {
  const breaks: string[] = [];

  for (const owner of owners) {
    const journal = await readJournal(balances, owner);
    const stored = new Map((await balances.listBalances(owner)).map((balance) => [balance.code, balance]));
    const codes = new Set([...stored.keys(), ...journal.flatMap(({ postings }) => postings.map(({ code }) => code))]);

    for (const code of codes) {
      const sums = sumsOf(journal, code);
      const broken = amounts.filter(
        (amount) => (stored.get(code)?.[amount] ?? 0n) !== sums[amount] || sums[amount] < 0n,
      );
      breaks.push(...broken.map((amount) => `${owner}: ${amount} of ${code}`));
    }
    breaks.push(...holdBreaks([...stored.values()], await readOrders(orders, owner)));
    breaks.push(
      ...journal.flatMap((entry) => journalShapeProblem(entry) ?? []),
      ...nameBreaks(journal, await readOrders(orders, owner)),
    );
  }
  return breaks;
}

/** All of a user's journal, newest first. */
export const readJournal = (balances: BalanceDao, owner: string): Promise<BalanceTransaction[]> =>
  readAll((cursor) => balances.getUserTransactions({ owner, limit: 100, ...cursor }));

/** All of a user's orders, newest first. */
const readOrders = (orders: OrderDao, owner: string): Promise<Order[]> =>
  readAll((cursor) => orders.getOrdersByUser({ owner, limit: 100, ...cursor }));

interface Page<TItem> {
  readonly items: readonly TItem[];
  readonly nextCursor?: string;
}

async function readAll<TItem>(read: (cursor: { cursor?: string }) => Promise<Page<TItem>>): Promise<TItem[]> {
  const items: TItem[] = [];
  let cursor: string | undefined;

  do {
    const page = await read(cursor === undefined ? {} : { cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return items;
}

function sumsOf(journal: readonly BalanceTransaction[], code: string) {
  const effects = journal.map((entry) => balanceEffect(entry, code));
  const sum = (name: keyof (typeof effects)[number]) => effects.reduce((total, effect) => total + effect[name], 0n);

  return {
    availableMinor: sum('availableMinor'),
    heldMinor: sum('heldMinor'),
    totalDepositedMinor: sum('depositedMinor'),
    totalWithdrawnMinor: sum('withdrawnMinor'),
  };
}

/** What a balance holds, and how many open orders it counts, must be what the open orders say; each holds what it needs. */
function holdBreaks(balances: readonly Balance[], orders: readonly Order[]): string[] {
  const open = orders.filter(({ status }) => isOpen(status));
  const codeOf = ({ orderType, currency, assetId }: Order) => (sideOf(orderType) === 'BUY' ? currency : assetId);

  return [
    ...balances.flatMap(({ owner, code, heldMinor, openOrders }) => {
      const holding = open.filter((order) => codeOf(order) === code);
      const sum = holding.reduce((total, order) => total + order.heldMinor, 0n);
      return sum === heldMinor && holding.length === openOrders ? [] : [`${owner}: holds of ${code}`];
    }),
    ...open
      .filter((order) => (isStanding(order) || order.execution === 'VENUE') && order.heldMinor !== needOf(order))
      .map(({ orderId }) => `${orderId}: hold`),
    ...orders
      .filter(({ status, heldMinor }) => !isOpen(status) && heldMinor !== 0n)
      .map(({ orderId }) => `${orderId}: holds though it is over`),
  ];
}

/** Each order's payments and refund, and each such entry's order: the two lists must be the same. */
function nameBreaks(journal: readonly BalanceTransaction[], orders: readonly Order[]): string[] {
  const named = orders.flatMap(({ orderId, fills, adjustments = [], ...ids }) => [
    ...fills.map(({ transactionId }) => `${orderId} ORDER_PAYMENT ${transactionId}`),
    ...adjustments.map(({ transactionId, transactionType }) => `${orderId} ${transactionType} ${transactionId}`),
    ...Object.entries({
      ORDER_HOLD: ids.holdTransactionId,
      ORDER_RELEASE: ids.releaseTransactionId,
      ORDER_REFUND: ids.refundTransactionId,
    }).flatMap(([type, transactionId]) => (transactionId === undefined ? [] : [`${orderId} ${type} ${transactionId}`])),
  ]);
  const naming = journal
    .filter(({ orderId }) => orderId !== undefined)
    .map(({ orderId, transactionType, transactionId }) => `${orderId} ${transactionType} ${transactionId}`);

  return [
    ...named.filter((name) => !naming.includes(name)).map((name) => `no entry: ${name}`),
    ...naming.filter((name) => !named.includes(name)).map((name) => `no order: ${name}`),
  ];
}
