export { makeBalance } from './make-balance.ts';
export { makePosting, makeTransaction } from './make-transaction.ts';
export { makeUser, makeUserCreate } from './make-user.ts';
