import { getBalanceDao } from '@cnop/dao-ledger';
import type { Database } from '@cnop/database-core';

export async function depositAndTransfer(database: Database): Promise<void> {
  const balances = getBalanceDao(database);
  const [owner, friend] = ['auth0|64f1c2d3', 'auth0|75a2d3e4'];
  const deposit = { owner, transactionType: 'DEPOSIT', code: 'USD', amount: '12.50' } as const;
  await balances.createTransaction({ ...deposit, idempotencyKey: 'deposit-4711' }); // replayed: false
  await balances.createTransaction({ ...deposit, idempotencyKey: 'deposit-4711' }); // replayed: true
  await balances.createTransaction({ ...deposit, owner: friend, amount: '1' });
  await balances.transfer({ from: owner, to: friend, code: 'USD', amount: '2.50', idempotencyKey: 'rent-5' });

  const { availableMinor } = await balances.getBalance(owner, 'USD');
  console.log(availableMinor); // 1000n
}
