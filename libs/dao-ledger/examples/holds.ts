import type { Database, WriteAction } from '@cnop/database-core';
import { getBalanceDao } from '@cnop/dao-ledger';
import { capturePostings, holdPostings, type BalanceTransaction, type Fill } from '@cnop/entities-ledger';

/** An order to buy ACME for USD, as a flow of its own would have it. */
export interface OwnOrder {
  readonly owner: string;
  readonly orderId: string;
  /** What it holds, in cents. */
  readonly heldMinor: bigint;
}

/** What joins the put of an order: the cash that it holds, as long as the owner has less than 500 open orders that hold cash. */
export function placeActions(database: Database, { owner, orderId, heldMinor }: OwnOrder): WriteAction[] {
  const balances = getBalanceDao(database);
  const hold = { code: 'USD', amountMinor: heldMinor, scale: 2 };
  const entry = orderEntry(database, { owner, orderId, transactionType: 'ORDER_HOLD', postings: holdPostings(hold) });

  return [
    balances.putTransactionAction(entry),
    balances.holdAction({ owner, at: entry.createdAt, ...hold, opensOrder: true, maxOpenOrders: 500 }),
  ];
}

/** What joins the update that completes the order: its one fill is paid out of the hold, and the rest returned. */
export function completeActions(
  database: Database,
  { owner, orderId, heldMinor }: OwnOrder,
  { fill, costMinor }: { readonly fill: Fill; readonly costMinor: bigint },
): WriteAction[] {
  const balances = getBalanceDao(database);
  const cash = { code: 'USD', amountMinor: costMinor, scale: 2 };
  const asset = { code: 'ACME', amountMinor: fill.quantityMinor, scale: fill.quantityScale };
  const postings = capturePostings({ side: 'BUY', cash, asset, heldMinor });
  const entry = orderEntry(database, { owner, orderId, transactionType: 'ORDER_PAYMENT', postings, fill });
  const at = entry.createdAt;
  const availableMinor = heldMinor - costMinor;

  return [
    balances.putTransactionAction(entry),
    balances.captureAction({ owner, code: 'USD', scale: 2, at, heldMinor, availableMinor, closesOrder: true }),
    balances.creditAction({ owner, at, ...asset }),
  ];
}

function orderEntry(
  { clock, ids }: Database,
  part: Pick<BalanceTransaction, 'owner' | 'orderId' | 'transactionType' | 'postings' | 'fill'>,
): BalanceTransaction {
  const at = clock.now().toISOString();

  return { ...part, transactionId: ids.ulid(), status: 'COMPLETED', createdAt: at, updatedAt: at };
}
