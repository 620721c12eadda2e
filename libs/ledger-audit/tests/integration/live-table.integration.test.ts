import { eventually } from '@cnop/testing';
// eslint-disable-next-line no-restricted-imports -- the database waits between attempts as a service does
import { sleep } from '@cnop/utils';
import { checkLedger, type LedgerReport } from '@cnop/ledger-audit';
import { openTestLedger, balanceKey, type TestLedger } from '../support/test-ledger.ts';
import { rulesOf } from '../support/use-ledger.ts';
import { startWriters } from '../support/writers.ts';

// Long on any machine: how many rounds are made in it changes no outcome.
jest.setTimeout(600_000);

describe('on a live table', () => {
  let ledger: TestLedger;
  const users = ['ada', 'bob', 'cleo'];

  beforeEach(async () => {
    ledger = await openTestLedger({ sleep });
    for (const owner of users) {
      await ledger.register(owner);
      await ledger.deposit(owner, 1_000_000n);
    }
  });
  afterEach(() => ledger.close());

  it('never reports a break that is none while money moves and orders open and close', async () => {
    const writing = startWriters(ledger, users);
    const reports: LedgerReport[] = [];

    try {
      while (writing.count() < 300 || reports.length < 5) {
        reports.push(await checkLedger(ledger.database, { segments: 2 }));
        const before = writing.count();
        await eventually('the writers have gone on', () => writing.count() > before);
      }
    } finally {
      await writing.stop();
    }
    const last = await checkLedger(ledger.database);

    expect(reports.flatMap(({ broken }) => broken)).toEqual([]);
    expect(last).toMatchObject({ brokenCount: 0, unsettledCount: 0 });
    expect(last.counts.transactions).toBeGreaterThan(240);
  });

  it('finds a break in the midst of it', async () => {
    await ledger.register('dora');
    await ledger.deposit('dora', 100n);
    await ledger.change('ledger', balanceKey('dora', 'USD'), { availableMinor: 99n });
    const writing = startWriters(ledger, users);

    try {
      const report = await checkLedger(ledger.database);

      expect(rulesOf(report)).toEqual(['available-differs-from-postings']);
      expect(report.broken[0]).toMatchObject({ owner: 'dora', expected: '100', found: '99' });
    } finally {
      await writing.stop();
    }
  });
});
