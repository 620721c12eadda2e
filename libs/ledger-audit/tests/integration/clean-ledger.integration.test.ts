import { getBalanceDao } from '@cnop/dao-user';
import { checkLedger } from '@cnop/ledger-audit';
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
    await balances.createTransaction({ username: 'ada', transactionType: 'WITHDRAW', code: 'USD', amountMinor: 1n });
    await balances.createTransaction({
      username: 'ada',
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
      users: 2,
      emailClaims: 2,
      balances: 2,
      transactions: 5,
      idempotencyClaims: 1,
      orders: 2,
      openOrders: 1,
      others: 0,
    });
  });
});
