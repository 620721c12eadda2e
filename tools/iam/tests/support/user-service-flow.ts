import { getAssetDao } from '@cnop/dao-inventory';
import { getBalanceDao } from '@cnop/dao-ledger';
import { createAccessCheck } from '@cnop/dao-user/access';
import { getSessionDao, getUserDao, profileCheck } from '@cnop/dao-user';
import { makeUserCreate } from '@cnop/entities-user/testing';
import { getPortfolio } from '@cnop/portfolio';
import { loseRequest, refusalOf } from '@cnop/testing';
import { checkHealth, password } from './market.ts';
import type { RecordedProcess } from './recorded-process.ts';

const credentials = { username: 'ada', password, address: '192.0.2.1' };

/** What the service of users does, route by route. AAPL is listed. */
export async function useUserService(process: RecordedProcess): Promise<void> {
  await checkHealth(process.database, ['users', 'ledger', 'inventory']);
  await useAccounts(process);
  await useSessions(process);
  await useMoney(process);
  await administer(process);
}

async function useAccounts({ database }: RecordedProcess): Promise<void> {
  const users = getUserDao(database);
  await users.ensureUser(makeUserCreate({ username: 'root', email: 'root@example.com' }), { role: 'admin' });
  await users.createUser(makeUserCreate({ username: 'ada', email: 'ada@example.com' }));

  await users.getUserByUsername('ada');
  await users.updateUser({ username: 'ada', expectedVersion: 1, changes: { firstName: 'Ada' } });
  await users.updateUser({ username: 'ada', expectedVersion: 2, changes: { email: 'ada@example.org' } });
  await createAccessCheck({ reader: users }).isActive({ username: 'ada', role: 'customer', sessionEpoch: 0 });
}

async function useSessions({ database }: RecordedProcess): Promise<void> {
  const sessions = getSessionDao(database);
  await refusalOf(sessions.logIn({ ...credentials, password: 'wrong' }));
  await refusalOf(sessions.logIn({ ...credentials, username: 'nobody' }));
  const { refreshToken } = await sessions.logIn(credentials);
  const { refreshToken: second } = await sessions.rotateSession(refreshToken);
  await sessions.rotateSession(second);
  await refusalOf(sessions.rotateSession(refreshToken));
  await sessions.revokeSession(second);

  const newPassword = 'quite another password';
  await getUserDao(database).changePassword({ username: 'ada', currentPassword: password, newPassword });
  await sessions.createSession('ada');
}

async function useMoney({ database, http }: RecordedProcess): Promise<void> {
  const balances = getBalanceDao(database, { ownerCheck: profileCheck(database) });
  const deposit = { owner: 'ada', transactionType: 'DEPOSIT', code: 'USD', amountMinor: 100n } as const;
  const { transaction } = await balances.createTransaction({ ...deposit, idempotencyKey: 'd-1' });
  await balances.createTransaction({ ...deposit, idempotencyKey: 'd-1' });
  await balances.createTransaction({ ...deposit, transactionType: 'WITHDRAW', amountMinor: 1n });
  const tooMuch = { ...deposit, transactionType: 'WITHDRAW', amountMinor: 10_000n } as const;
  await refusalOf(balances.createTransaction({ ...tooMuch, idempotencyKey: 'w-1' }));
  // Refused after an attempt that may yet land: with a fence.
  http.script('TransactWriteItems', loseRequest());
  await refusalOf(balances.createTransaction({ ...tooMuch, idempotencyKey: 'w-2' }));

  await balances.listBalances('ada');
  await balances.getBalance('ada', 'USD');
  await balances.getUserTransactions({ owner: 'ada', limit: 2 });
  await balances.getTransaction('ada', transaction.transactionId);
}

async function administer({ database }: RecordedProcess): Promise<void> {
  const users = getUserDao(database);
  const balances = getBalanceDao(database, { ownerCheck: profileCheck(database) });
  const adjustment = { owner: 'ada', transactionType: 'SYSTEM_ADJUSTMENT', actor: 'root' } as const;
  const { decimals } = await getAssetDao(database).getAsset('AAPL');
  await balances.createTransaction({ ...adjustment, code: 'AAPL', scale: decimals, amountMinor: 5n });
  await getPortfolio(database, 'ada');

  for (const status of ['COMPLETED', 'FAILED'] as const) {
    const pending = {
      owner: 'ada',
      transactionType: 'DEPOSIT',
      code: 'EUR',
      amountMinor: 5n,
      pending: true,
    } as const;
    const { transaction } = await balances.createTransaction(pending);
    const { transactionId } = transaction;
    await balances.updateTransactionStatus({ owner: 'ada', transactionId, status });
  }
  await users.suspendUser('ada');
  await users.reinstateUser('ada');
}
