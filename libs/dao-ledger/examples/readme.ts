import { getBalanceDao } from '@cnop/dao-ledger';
import type { Database } from '@cnop/database-core';

export async function depositTwice(database: Database): Promise<void> {
  const owner = 'auth0|64f1c2d3';
  const balances = getBalanceDao(database);
  const deposit = { owner, transactionType: 'DEPOSIT', code: 'USD', amountMinor: 1_250n } as const;
  await balances.createTransaction({ ...deposit, idempotencyKey: 'transfer-4711' }); // replayed: false
  await balances.createTransaction({ ...deposit, idempotencyKey: 'transfer-4711' }); // replayed: true
  await balances.createTransaction({ owner, transactionType: 'WITHDRAW', code: 'USD', amount: '2.50' });

  const { availableMinor } = await balances.getBalance(owner, 'USD');
  console.log(availableMinor); // 1000n
}
