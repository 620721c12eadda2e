import type { SettledTransactionStatus } from '@cnop/entities-ledger';
import { refusalOf, runParallel } from '@cnop/testing';
import { createManualClock } from '@cnop/utils';
import { findLedgerBreaks } from '../support/ledger-breaks.ts';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { balances } = store;

const ulid = '01JGJ8Q2XE0000000000000000';

async function pendingDeposit() {
  const owner = await store.openAccount();
  const { transaction } = await balances.createTransaction({
    owner,
    transactionType: 'DEPOSIT',
    code: 'USD',
    amountMinor: 1_250n,
    pending: true,
  });
  const settle = (status: SettledTransactionStatus) =>
    balances.updateTransactionStatus({ owner, transactionId: transaction.transactionId, status });

  return { owner, transaction, settle };
}

describe('a pending deposit', () => {
  it('moves nothing', async () => {
    const { owner, transaction } = await pendingDeposit();

    expect(transaction.status).toBe('PENDING');
    await expect(balances.listBalances(owner)).resolves.toEqual([]);
  });

  it('moves the balance once it completes', async () => {
    const { owner, transaction, settle } = await pendingDeposit();

    const completed = await settle('COMPLETED');

    expect(completed).toMatchObject({
      replayed: false,
      transaction: { ...transaction, status: 'COMPLETED', updatedAt: expect.any(String) as string },
    });
    await expect(balances.getTransaction(owner, transaction.transactionId)).resolves.toEqual(completed.transaction);
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({
      availableMinor: 1_250n,
      totalDepositedMinor: 1_250n,
      version: 1,
    });
  });

  it.each(['FAILED', 'CANCELLED'] as const)('moves nothing when it becomes %s', async (status) => {
    const { owner, transaction, settle } = await pendingDeposit();

    const settled = await settle(status);

    expect(settled).toMatchObject({ replayed: false, transaction: { status, postings: transaction.postings } });
    await expect(balances.getTransaction(owner, transaction.transactionId)).resolves.toEqual(settled.transaction);
    await expect(balances.listBalances(owner)).resolves.toEqual([]);
  });

  it.each(['COMPLETED', 'FAILED', 'CANCELLED'] as const)('never leaves %s', async (status) => {
    const { transaction, settle } = await pendingDeposit();
    const first = await settle(status);

    const repeat = await settle(status);
    const others = (['COMPLETED', 'FAILED', 'CANCELLED'] as const).filter((other) => other !== status);
    const refusals = [await refusalOf(settle(others[0]!)), await refusalOf(settle(others[1]!))];

    const { transactionId } = transaction;
    expect(repeat).toEqual({ transaction: first.transaction, replayed: true });
    for (const { code, details } of refusals) {
      expect({ code, details }).toEqual({ code: 'TRANSACTION_NOT_PENDING', details: { transactionId, status } });
    }
  });

  it('is credited once by 16 racing settlements', async () => {
    const { owner, settle } = await pendingDeposit();

    const { answers, codes } = await runParallel(16, () => settle('COMPLETED'));

    expect(codes).toEqual([]);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    for (const { transaction } of answers) expect(transaction).toEqual(answers[0]?.transaction);
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({ availableMinor: 1_250n, version: 1 });
  });

  it('ends in one status where completing races failing and cancelling', async () => {
    const { owner, transaction, settle } = await pendingDeposit();
    const wanted = ['COMPLETED', 'FAILED', 'CANCELLED'] as const;

    const { answers, codes } = await runParallel(15, (index) => settle(wanted[index % 3]!));

    const { status } = await balances.getTransaction(owner, transaction.transactionId);
    expect(answers.map((answer) => answer.transaction.status)).toEqual(Array(5).fill(status));
    expect(codes).toEqual(Array(10).fill('TRANSACTION_NOT_PENDING'));
    await expect(balances.listBalances(owner)).resolves.toHaveLength(status === 'COMPLETED' ? 1 : 0);
  });

  it('is not credited to an account that is closed by now, but can be cancelled', async () => {
    const { owner, settle } = await pendingDeposit();
    await store.closeAccount(owner);

    const { code } = await refusalOf(settle('COMPLETED'));
    const { transaction } = await settle('CANCELLED');

    expect(code).toBe('ACCOUNT_CLOSED');
    expect(transaction.status).toBe('CANCELLED');
  });
});

describe('BalanceDao.updateTransactionStatus', () => {
  it('refuses an entry that does not exist', async () => {
    const owner = await store.openAccount();

    const { code, details } = await refusalOf(
      balances.updateTransactionStatus({ owner, transactionId: ulid, status: 'COMPLETED' }),
    );

    expect({ code, details }).toEqual({ code: 'TRANSACTION_NOT_FOUND', details: { transactionId: ulid } });
  });

  it('refuses an entry that was never pending, whichever status it has', async () => {
    const owner = await store.openAccount();
    const five = { owner, code: 'USD', amountMinor: 5n };
    const deposit = await balances.createTransaction({ ...five, transactionType: 'DEPOSIT' });
    const withdrawal = await balances.createTransaction({ ...five, transactionType: 'WITHDRAW' });
    const ids = [deposit, withdrawal].map(({ transaction }) => transaction.transactionId);
    const before = await balances.getBalance(owner, 'USD');

    const codes = await Promise.all(
      ids.flatMap((transactionId) =>
        (['COMPLETED', 'FAILED'] as const).map(async (status) => {
          const { code } = await refusalOf(balances.updateTransactionStatus({ owner, transactionId, status }));
          return code;
        }),
      ),
    );

    expect(codes).toEqual(Array(4).fill('TRANSACTION_NOT_PENDING'));
    await expect(balances.getBalance(owner, 'USD')).resolves.toEqual(before);
  });

  it('gives a settled entry a later time than it was made at, by whatever clock', async () => {
    const { balances: behind } = store.faulty({ clock: createManualClock('2020-01-01T00:00:00Z') });
    const { owner, transaction } = await pendingDeposit();
    const change = { owner, transactionId: transaction.transactionId, status: 'COMPLETED' as const };

    const settled = await behind.updateTransactionStatus(change);
    const repeat = await behind.updateTransactionStatus(change);

    expect(settled.transaction.updatedAt > transaction.createdAt).toBe(true);
    expect(repeat).toEqual({ transaction: settled.transaction, replayed: true });
  });

  it('refuses to make an entry pending', async () => {
    const owner = await store.openAccount();
    const change = { owner, transactionId: ulid, status: 'PENDING' as SettledTransactionStatus };

    await expect(refusalOf(balances.updateTransactionStatus(change))).resolves.toMatchObject({
      code: 'VALIDATION_FAILED',
    });
  });
});

describe('the ledger', () => {
  it('holds after all of this', async () => {
    await expect(findLedgerBreaks(store)).resolves.toEqual([]);
  });
});
