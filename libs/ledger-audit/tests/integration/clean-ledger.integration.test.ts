import { createDatabase } from '@cnop/database-core';
import { getBalanceDao } from '@cnop/dao-ledger';
import { getSessionDao } from '@cnop/dao-user';
import { checkLedger } from '@cnop/ledger-audit';
import { refusalOf } from '@cnop/testing';
import { openTestLedger, type TestLedger } from '../support/test-ledger.ts';

describe('a sound ledger', () => {
  let ledger: TestLedger;

  beforeAll(async () => {
    ledger = await openTestLedger();
  });
  afterAll(() => ledger.close());

  it('has no broken invariant', async () => {
    const balances = getBalanceDao(ledger.database);
    await ledger.register('ada');
    await ledger.register('bob');
    await ledger.deposit('ada', 100_000n);
    await balances.createTransaction({ owner: 'ada', transactionType: 'WITHDRAW', code: 'USD', amountMinor: 1n });
    await balances.createTransaction({
      owner: 'ada',
      transactionType: 'DEPOSIT',
      code: 'EUR',
      amountMinor: 10n ** 20n,
      pending: true,
      idempotencyKey: 'k1',
    });
    await ledger.trade('ada');
    await ledger.queue('ada');

    const report = await checkLedger(ledger.database);

    expect(report).toMatchObject({ broken: [], brokenCount: 0, unsettled: [], unsettledCount: 0 });
    expect(report.counts).toEqual({
      owners: 1,
      users: 2,
      emailClaims: 2,
      balances: 2,
      transactions: 5,
      idempotencyClaims: 1,
      orders: 2,
      openOrders: 1,
      assets: 0,
      ticks: 0,
      others: 0,
    });
  });

  it('is checked without users, where the database has no table of them', async () => {
    const { ledger: money, orders } = ledger.tables;
    const database = createDatabase({ ...ledger.connection, tables: { ledger: money, orders } });

    const report = await checkLedger(database);
    database.close();

    expect(report).toMatchObject({ brokenCount: 0, counts: { owners: 1, users: 0, emailClaims: 0, orders: 2 } });
  });

  it('stays sound with sessions and attempts to log in, which are no part of it', async () => {
    const sessions = getSessionDao(ledger.database);
    await ledger.register('eve');
    const { refreshToken } = await sessions.createSession('eve');
    await sessions.revokeSession(refreshToken);
    await sessions.revokeAllSessions('eve');
    for (const owner of ['eve', 'nobody-at-all']) {
      await refusalOf(sessions.logIn({ username: owner, password: 'not the password', address: '192.0.2.1' }));
    }

    const report = await checkLedger(ledger.database);

    expect(report).toMatchObject({ broken: [], brokenCount: 0, unsettled: [], unsettledCount: 0 });
    // The session, and an attempt in each place.
    expect(report.counts.others).toBe(3);
  });
});
