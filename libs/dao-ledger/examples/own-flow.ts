import { executeWrite, type Database } from '@cnop/database-core';
import { getBalanceDao } from '@cnop/dao-ledger';
import { mirrorOf, withdrawalPostings, type BalanceTransaction, type TransferEntry } from '@cnop/entities-ledger';
import { fromClaimItem } from '@cnop/entities-ledger/table';
import { requestHash } from '@cnop/utils';

/** What a payer pays, in cents, and under which key. */
export interface Payment {
  readonly payer: string;
  readonly payee: string;
  readonly broker: string;
  readonly priceMinor: bigint;
  readonly commissionMinor: bigint;
  readonly idempotencyKey: string;
}

/** Pays a price to one owner and a commission to another, in one write, once per key; gives the payer's entry of the price. */
export async function payWithCommission(database: Database, payment: Payment): Promise<BalanceTransaction> {
  const { payer, payee, broker, priceMinor, commissionMinor, idempotencyKey } = payment;
  if (payee === broker) throw new RangeError('payee and broker must be two owners.');

  const balances = getBalanceDao(database);
  const at = database.clock.now().toISOString();
  const usd = (amountMinor: bigint) => ({ code: 'USD', amountMinor, scale: 2 });
  const transferTo = (counterparty: string, amountMinor: bigint): TransferEntry => ({
    transactionId: database.ids.ulid(),
    owner: payer,
    counterparty,
    transactionType: 'TRANSFER',
    status: 'COMPLETED',
    postings: withdrawalPostings(usd(amountMinor)),
    createdAt: at,
    updatedAt: at,
  });
  const price = { ...transferTo(payee, priceMinor), idempotencyKey };
  const commission = transferTo(broker, commissionMinor);
  const entries = [price, mirrorOf(price), commission, mirrorOf(commission)];

  const { replayed, item } = await executeWrite(database, {
    operation: 'payWithCommission',
    reference: { owner: payer, transactionId: price.transactionId },
    guard: balances.keyGuard(price, requestHash('payWithCommission', { ...payment })),
    actions: [
      ...entries.map((entry) => balances.putTransactionAction(entry)),
      // A write names each item once, so that what the payer pays is one debit.
      balances.debitAction({ owner: payer, at, ...usd(priceMinor + commissionMinor) }),
      balances.creditAction({ owner: payee, at, ...usd(priceMinor) }),
      balances.creditAction({ owner: broker, at, ...usd(commissionMinor) }),
    ],
  });
  // The claim of the first call names its entry. What this call has done itself is never read again: the read could fail.
  return replayed && item ? await balances.getTransaction(payer, fromClaimItem(item).transactionId) : price;
}
