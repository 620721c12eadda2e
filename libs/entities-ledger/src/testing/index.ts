export { makeBalance } from './make-balance.ts';
export { makePosting, makeTransaction } from './make-transaction.ts';
