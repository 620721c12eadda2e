import { getBalanceDao, getUserDao } from '@cnop/dao-user';
import type { Database } from '@cnop/database-core';

export async function openAccount(database: Database): Promise<void> {
  const person = { firstName: 'Alice', lastName: 'Liddell', email: 'alice@example.com' };
  const registration = { ...person, username: 'Alice', password: 'correct horse battery staple' };
  const { user } = await getUserDao(database).createUser(registration);

  const { username } = user; // alice
  const balances = getBalanceDao(database);
  const deposit = { owner: username, transactionType: 'DEPOSIT', code: 'USD', amountMinor: 1_250n } as const;
  await balances.createTransaction({ ...deposit, idempotencyKey: 'transfer-4711' }); // replayed: false
  await balances.createTransaction({ ...deposit, idempotencyKey: 'transfer-4711' }); // replayed: true
  await balances.createTransaction({ owner: username, transactionType: 'WITHDRAW', code: 'USD', amountMinor: 250n });

  const { availableMinor } = await balances.getBalance(username, 'USD');
  console.log(availableMinor); // 1000n
}
