import { readItem } from '@cnop/database-core';
import type { BalanceTransactionCreate } from '@cnop/entities-ledger';
import { claimKey } from '@cnop/entities-ledger/table';
import { refusalOf, runParallel } from '@cnop/testing';
import { BalanceDao } from '../../src/index.ts';
import { findLedgerBreaks, readJournal } from '../support/ledger-breaks.ts';
import { useTestStore } from '../support/test-store.ts';

type InMinorUnits = Extract<BalanceTransactionCreate, { amountMinor: bigint }>;

const store = useTestStore();
const { balances, database } = store;

const keyed = (owner: string, overrides: Partial<InMinorUnits> = {}): InMinorUnits => ({
  owner,
  transactionType: 'DEPOSIT',
  code: 'USD',
  amountMinor: 100n,
  idempotencyKey: 'key-1',
  ...overrides,
});

describe('a transaction under an idempotency key', () => {
  it('is answered from then on with the first entry', async () => {
    const owner = await store.openAccount();

    const first = await balances.createTransaction(keyed(owner));
    const repeat = await balances.createTransaction(keyed(owner));

    expect(first.replayed).toBe(false);
    expect(repeat).toEqual({ transaction: first.transaction, replayed: true });
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({ availableMinor: 100n, version: 1 });
  });

  it('is answered with the entry as it now stands', async () => {
    const owner = await store.openAccount();
    const { transaction } = await balances.createTransaction(keyed(owner, { pending: true }));
    const { transactionId } = transaction;
    const settled = await balances.updateTransactionStatus({ owner, transactionId, status: 'COMPLETED' });

    const repeat = await balances.createTransaction(keyed(owner, { pending: true }));

    expect(repeat).toEqual({ transaction: settled.transaction, replayed: true });
  });

  it('is answered also when the money is spent by now', async () => {
    const owner = await store.openAccount();
    await balances.createTransaction(keyed(owner));
    const withdrawal = keyed(owner, { transactionType: 'WITHDRAW', idempotencyKey: 'key-2' });
    const first = await balances.createTransaction(withdrawal);

    const repeat = await balances.createTransaction(withdrawal);

    expect(repeat).toEqual({ transaction: first.transaction, replayed: true });
  });

  it('is answered also when its currency is no longer registered', async () => {
    const owner = await store.openAccount();
    const euros = new BalanceDao({ database, currencies: ['EUR'] });
    const first = await balances.createTransaction(keyed(owner));

    const repeat = await euros.createTransaction(keyed(owner));
    const reused = await refusalOf(euros.createTransaction(keyed(owner, { amountMinor: 101n })));
    const fresh = await refusalOf(euros.createTransaction(keyed(owner, { idempotencyKey: 'key-2' })));

    expect(repeat).toEqual({ transaction: first.transaction, replayed: true });
    expect([reused.code, fresh.code]).toEqual(['IDEMPOTENCY_KEY_REUSED', 'CURRENCY_NOT_REGISTERED']);
  });

  it.each([true, false])(
    'is answered with the entry also when a deposit is settled otherwise by now: pending %s',
    async (pending) => {
      const owner = await store.openAccount();
      const first = await balances.createTransaction(keyed(owner, { pending }));

      const repeat = await balances.createTransaction(keyed(owner, { pending: !pending }));

      expect(repeat).toEqual({ transaction: first.transaction, replayed: true });
    },
  );

  it('does not depend on whether defaults are written out', async () => {
    const owner = await store.openAccount();
    await balances.createTransaction(keyed(owner));

    const repeat = await balances.createTransaction(keyed(owner, { scale: 2, pending: false }));

    expect(repeat.replayed).toBe(true);
  });

  it('is of one request, whether the amount is text or minor units', async () => {
    const owner = await store.openAccount();
    const unsized = { ...keyed(owner), amountMinor: undefined };
    const first = await balances.createTransaction(keyed(owner));

    for (const amount of ['1', '1.0', '1.00'])
      await expect(balances.createTransaction({ ...unsized, amount })).resolves.toEqual({ ...first, replayed: true });
    await expect(refusalOf(balances.createTransaction({ ...unsized, amount: '1.01' }))).resolves.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
  });

  it('is answered with the note and the metadata that it was given with, in whatever order', async () => {
    const owner = await store.openAccount();
    const remarks = { note: 'For the summer', metadata: { batch: '7', desk: 'north' } };
    const first = await balances.createTransaction(keyed(owner, remarks));

    const repeat = await balances.createTransaction(
      keyed(owner, { ...remarks, metadata: { desk: 'north', batch: '7' } }),
    );

    expect(first.transaction).toMatchObject(remarks);
    expect(repeat).toEqual({ transaction: first.transaction, replayed: true });
  });

  it.each([
    { amountMinor: 101n },
    { code: 'EUR' },
    { transactionType: 'WITHDRAW' as const },
    { description: 'Another one' },
    { note: 'Another one' },
    { metadata: { batch: '8' } },
  ])('refuses the key for the other body %#', async (overrides) => {
    const owner = await store.openAccount();
    await balances.createTransaction(keyed(owner));

    const { code } = await refusalOf(balances.createTransaction(keyed(owner, overrides)));

    expect(code).toBe('IDEMPOTENCY_KEY_REUSED');
    await expect(readJournal(balances, owner)).resolves.toHaveLength(1);
  });

  it('speaks of the key before it speaks of the money', async () => {
    const owner = await store.openAccount();
    await balances.createTransaction(keyed(owner));
    const beyond = keyed(owner, { transactionType: 'WITHDRAW', amountMinor: 1_000n });

    await expect(refusalOf(balances.createTransaction(beyond))).resolves.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
  });

  it('is the actor’s and the user’s: the same key of another stands for another request', async () => {
    const [alice, bob] = [await store.openAccount(), await store.openAccount()];

    const results = [
      await balances.createTransaction(keyed(alice)),
      await balances.createTransaction(keyed(alice, { actor: bob })),
      await balances.createTransaction(keyed(bob)),
      await balances.createTransaction(keyed(alice, { idempotencyKey: 'KEY-1' })),
      await balances.createTransaction(keyed(alice, { actor: alice })),
    ];

    expect(results.map(({ replayed }) => replayed)).toEqual([false, false, false, false, true]);
  });

  it.each(['#', '~'.repeat(64), '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}'])('may be %s', async (idempotencyKey) => {
    const owner = await store.openAccount();

    await balances.createTransaction(keyed(owner, { idempotencyKey }));
    const repeat = await balances.createTransaction(keyed(owner, { idempotencyKey }));

    expect(repeat).toMatchObject({ replayed: true, transaction: { idempotencyKey } });
  });

  it('makes one entry of 32 parallel repeats, and 32 equal answers', async () => {
    const owner = await store.openAccount();

    const { answers } = await runParallel(32, () => balances.createTransaction(keyed(owner)));

    expect(answers).toHaveLength(32);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    for (const { transaction } of answers) expect(transaction).toEqual(answers[0]?.transaction);
    await expect(readJournal(balances, owner)).resolves.toHaveLength(1);
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({ availableMinor: 100n });
  });

  it('lets one of 32 parallel requests with other bodies have the key', async () => {
    const owner = await store.openAccount();

    const { answers, codes } = await runParallel(32, (index) =>
      balances.createTransaction(keyed(owner, { amountMinor: BigInt(index + 1) })),
    );

    expect(answers).toHaveLength(1);
    expect(codes).toEqual(Array(31).fill('IDEMPOTENCY_KEY_REUSED'));
  });

  it('stores nothing of a refusal, so that the key may be tried again', async () => {
    const owner = await store.openAccount();
    const withdrawal = keyed(owner, { transactionType: 'WITHDRAW' });

    const refusal = await refusalOf(balances.createTransaction(withdrawal));
    const claim = await readItem(database, {
      tableName: database.tableName('ledger'),
      key: { ...claimKey(owner, owner, 'key-1') },
    });
    await balances.createTransaction(keyed(owner, { idempotencyKey: 'key-2' }));
    const { replayed } = await balances.createTransaction(withdrawal);

    expect(refusal.code).toBe('BALANCE_INSUFFICIENT');
    expect(claim).toBeUndefined();
    expect(replayed).toBe(false);
  });
});

describe('the ledger', () => {
  it('holds after all of this', async () => {
    await expect(findLedgerBreaks(store)).resolves.toEqual([]);
  });
});
