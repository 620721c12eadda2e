import { type BalanceTransaction, balanceEffect, depositPostings, journalShapeProblem } from '@cnop/entities-ledger';

const deposit: BalanceTransaction = {
  transactionId: '01JGJ8Q2XE0000000000000000',
  owner: 'alice',
  transactionType: 'DEPOSIT',
  status: 'COMPLETED',
  postings: depositPostings({ code: 'USD', amountMinor: 1_250n, scale: 2 }),
  createdAt: '2026-01-02T03:04:05.678Z',
  updatedAt: '2026-01-02T03:04:05.678Z',
};

console.log(balanceEffect(deposit, 'USD').availableMinor); // 1250n
console.log(journalShapeProblem(deposit)); // undefined: nothing is wrong with it
