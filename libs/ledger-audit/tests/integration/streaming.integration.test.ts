import { checkLedger, type BrokenInvariant, type LedgerProgress } from '@cnop/ledger-audit';
import { balanceKey } from '../support/test-ledger.ts';
import { useLedger } from '../support/use-ledger.ts';

describe('an audit as it runs', () => {
  const ledger = useLedger();

  it('tells of every break as it is found, keeps as many as asked for and counts all', async () => {
    await ledger().deposit('ada', 5n, 'EUR');
    await ledger().deposit('ada', 5n, 'JPY');
    for (const code of ['USD', 'EUR', 'JPY']) {
      await ledger().change('ledger', balanceKey('ada', code), { availableMinor: 1n });
    }
    const heard: BrokenInvariant[] = [];

    const report = await checkLedger(ledger().database, { maxBroken: 1, onBroken: (broken) => heard.push(broken) });

    expect(report.brokenCount).toBe(3);
    expect(report.broken).toEqual(heard.slice(0, 1));
    expect(heard.map(({ code }) => code).sort()).toEqual(['EUR', 'JPY', 'USD']);
  });

  it('tells how far it has come, orders first', async () => {
    await ledger().trade('ada');
    const progress: LedgerProgress[] = [];

    const { counts } = await checkLedger(ledger().database, { onProgress: (step) => progress.push(step) });

    expect(progress[0]).toMatchObject({ phase: 'orders', counts: { orders: 1, owners: 0, users: 0 } });
    expect(progress.at(-1)).toEqual({ phase: 'users', counts, brokenCount: 0 });
  });

  it('fails with what a listener throws', async () => {
    await ledger().change('ledger', balanceKey('ada', 'USD'), { availableMinor: -1n });
    const onBroken = () => {
      throw new Error('full');
    };

    await expect(checkLedger(ledger().database, { onBroken })).rejects.toThrow('full');
  });
});
