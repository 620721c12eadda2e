import { getBalanceDao } from '@cnop/dao-ledger';
import { checkLedger } from '@cnop/ledger-audit';
import { balanceKey, transactionKey, type RawChange } from '../support/test-ledger.ts';
import { keysOf, rulesOf, useLedger } from '../support/use-ledger.ts';

const ledger = useLedger();
const textOf = ({ pk, sk }: { readonly pk: string; readonly sk: string }) => `${pk} ${sk}`;

/** A sound transfer of 2.50 USD from ada to bob, who has 1.00 USD of his own. */
async function transfer(): Promise<string> {
  const balances = getBalanceDao(ledger().database);
  await ledger().register('bob');
  await ledger().deposit('bob', 100n);
  const { transaction } = await balances.transfer({ from: 'ada', to: 'bob', code: 'USD', amount: '2.50' });
  return transaction.transactionId;
}

/** Moves a balance past every rule, so that it is still the sum of a journal that was changed. */
const setAvailable = (owner: string, availableMinor: bigint) =>
  ledger().change('ledger', balanceKey(owner, 'USD'), { availableMinor });

describe('a transfer and its mirror', () => {
  it('are accepted as the DAO makes them, however many, and after refusals', async () => {
    const balances = getBalanceDao(ledger().database);
    await transfer();

    for (let count = 0; count < 3; count += 1) {
      await balances.transfer({ from: 'bob', to: 'ada', code: 'USD', amountMinor: 1n, idempotencyKey: `k-${count}` });
      await balances.transfer({ from: 'bob', to: 'ada', code: 'USD', amount: '999999' }).catch(() => undefined);
    }

    expect(rulesOf(await checkLedger(ledger().database))).toEqual([]);
  });

  it('are accepted in numbers that take several requests to look up', async () => {
    await ledger().register('bob');
    for (let count = 0; count < 130; count += 1) {
      const transactionId = `01KE6X5Z3V7Q2M9T4B8N1C0${String(count).padStart(3, '0')}`;
      const sent = { transactionId, transactionType: 'TRANSFER' as const };
      const usd = { code: 'USD', bucket: 'available' as const, scale: 2 };
      await ledger().move({ ...sent, owner: 'ada', counterparty: 'bob', postings: [{ ...usd, amountMinor: -1n }] });
      await ledger().move({ ...sent, owner: 'bob', counterparty: 'ada', postings: [{ ...usd, amountMinor: 1n }] });
    }

    expect(rulesOf(await checkLedger(ledger().database))).toEqual([]);
  });

  it.each([
    ['ada', { gone: 'bob', availableMinor: 100n }],
    ['bob', { gone: 'ada', availableMinor: 100_000n }],
  ])('are found apart from the side of %s when the other entry is gone', async (owner, { gone, availableMinor }) => {
    const transactionId = await transfer();
    await ledger().remove('ledger', transactionKey(gone, transactionId));
    await setAvailable(gone, availableMinor);

    const report = await checkLedger(ledger().database);

    expect(rulesOf(report)).toEqual(['transfer-mirror-missing']);
    expect(report.broken[0]).toMatchObject({ invariant: 4, owner, transactionId, code: 'USD' });
    expect(keysOf(report.broken[0]!)).toEqual([textOf(transactionKey(owner, transactionId))]);
  });

  it.each<[string, { availableMinor: bigint; found: string; change: RawChange }]>([
    [
      'another amount',
      {
        availableMinor: 351n,
        found: 'It moves 251e-2 USD available, not 250e-2 USD available.',
        change: { postings: [{ code: 'USD', bucket: 'available', amountMinor: 251n, scale: 2 }] },
      },
    ],
    [
      'another type',
      {
        availableMinor: 350n,
        found: 'It is a SYSTEM_ADJUSTMENT.',
        change: { transactionType: 'SYSTEM_ADJUSTMENT', counterparty: undefined },
      },
    ],
    [
      'its description',
      { availableMinor: 350n, found: 'It has another description.', change: { description: 'Rent' } },
    ],
    [
      'a status in which it moved nothing',
      { availableMinor: 100n, found: 'It is FAILED, not COMPLETED.', change: { status: 'FAILED' } },
    ],
  ])('are found to differ in %s', async (_, { availableMinor, found, change }) => {
    const transactionId = await transfer();
    await ledger().change('ledger', transactionKey('bob', transactionId), change);
    await setAvailable('bob', availableMinor);

    const { broken } = await checkLedger(ledger().database);

    expect(new Set(broken.map(({ rule }) => rule))).toEqual(new Set(['transfer-mirror-differs']));
    expect(broken.find(({ owner }) => owner === 'ada')).toMatchObject({ invariant: 4, transactionId, found });
  });

  it('are found to differ, from both sides, in the amount', async () => {
    const transactionId = await transfer();
    const postings = [{ code: 'USD', bucket: 'available', amountMinor: 251n, scale: 2 }];
    await ledger().change('ledger', transactionKey('bob', transactionId), { postings });
    await setAvailable('bob', 351n);

    const { broken } = await checkLedger(ledger().database);

    expect(broken.map(({ owner }) => owner).sort()).toEqual(['ada', 'bob']);
  });

  it('are found to differ when the mirror names another owner', async () => {
    const transactionId = await transfer();
    await ledger().change('ledger', transactionKey('bob', transactionId), { counterparty: 'carol' });

    const { broken } = await checkLedger(ledger().database);

    expect(broken.map(({ owner, rule }) => `${owner} ${rule}`).sort()).toEqual([
      'ada transfer-mirror-differs',
      'bob transfer-mirror-missing',
    ]);
  });

  it('is reported for its shape when it names its own owner, or nobody', async () => {
    const transactionId = await transfer();
    await ledger().change('ledger', transactionKey('ada', transactionId), { counterparty: 'ada' });
    await ledger().change('ledger', transactionKey('bob', transactionId), { counterparty: undefined });

    expect(rulesOf(await checkLedger(ledger().database))).toEqual(['entry-shape-wrong', 'entry-shape-wrong']);
  });

  it('needs no mirror when it is the fence of one that was refused', async () => {
    const usd = { code: 'USD', bucket: 'available' as const, scale: 2, amountMinor: -1n };
    await ledger().putEntry({
      owner: 'ada',
      transactionType: 'TRANSFER',
      status: 'FAILED',
      counterparty: 'bob',
      postings: [usd],
    });

    expect(rulesOf(await checkLedger(ledger().database))).toEqual([]);
  });
});
