import { journalShapeProblem, type BalanceTransactionCreate } from '@cnop/entities-ledger';
import { createManualClock, MAX_MINOR } from '@cnop/utils';
import { loseRequest, refusalOf, runParallel } from '@cnop/testing';
import { BalanceDao } from '../../src/index.ts';
import { findLedgerBreaks, readJournal } from '../support/ledger-breaks.ts';
import { accountCheck } from '../support/accounts.ts';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { balances, freshOwner } = store;

const usd = (owner: string, amountMinor: bigint): BalanceTransactionCreate => ({
  owner,
  transactionType: 'DEPOSIT',
  code: 'USD',
  amountMinor,
});
const deposit = (owner: string, amountMinor: bigint) => balances.createTransaction(usd(owner, amountMinor));
const withdraw = (owner: string, amountMinor: bigint) =>
  balances.createTransaction({ ...usd(owner, amountMinor), transactionType: 'WITHDRAW' });
const adjust = (create: { owner: string; code: string; amountMinor: bigint; scale?: number }) =>
  balances.createTransaction({ ...create, transactionType: 'SYSTEM_ADJUSTMENT' });

describe('BalanceDao.createTransaction', () => {
  it('keeps note and metadata on the entry, in the same write, and shows them in lists', async () => {
    const owner = await store.openAccount();
    const remarks = { note: 'For the summer', metadata: { batch: '7' } };

    const deposited = await balances.createTransaction({ ...usd(owner, 100n), ...remarks });
    const withdrawn = await balances.createTransaction({ ...usd(owner, 1n), transactionType: 'WITHDRAW', ...remarks });

    expect(deposited.transaction).toMatchObject(remarks);
    await expect(readJournal(balances, owner)).resolves.toEqual(
      expect.arrayContaining([deposited.transaction, withdrawn.transaction]),
    );
    await expect(balances.getUserTransactions({ owner })).resolves.toMatchObject({ items: [remarks, remarks] });
  });

  it('takes an entry of another call under its id for no repeat: nothing was moved', async () => {
    const owner = await store.openAccount();
    const { transaction } = await deposit(owner, 100n);
    const clock = createManualClock(transaction.createdAt);
    const drawn = [store.database.ids.ulid(), transaction.transactionId];
    const ids = { ...store.database.ids, ulid: () => drawn.shift() ?? store.database.ids.ulid() };
    const colliding = new BalanceDao({ database: { ...store.database, clock, ids } });

    await expect(colliding.createTransaction(usd(owner, 100n))).rejects.toThrow('fresh id exists already');
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({ availableMinor: 100n });
  });

  it.each([true, false])(
    'lets a plain Error of an owner check reach the caller, and stores nothing (key: %p)',
    async (keyed) => {
      const { database, http } = store.faulty();
      const owner = store.freshOwner();
      const check = accountCheck(database);
      const broken = new BalanceDao({
        database,
        ownerCheck: (name) => ({ ...check(name), onConditionFailed: () => new Error('A bug.') as never }),
      });
      http.script('TransactWriteItems', loseRequest());

      const refused = broken.createTransaction({ ...usd(owner, 1n), ...(keyed && { idempotencyKey: 'k-1' }) });

      await expect(refused).rejects.toThrow('A bug.');
      expect(http.bodiesOf('PutItem')).toEqual([]);
      await expect(readJournal(balances, owner)).resolves.toEqual([]);
    },
  );

  it('takes the amount as text at the scale of its code', async () => {
    const owner = await store.openAccount();
    const textOf = (code: string, amount: string, scale?: number) =>
      balances.createTransaction({ owner, transactionType: 'SYSTEM_ADJUSTMENT', code, amount, scale });

    const results = [await textOf('USD', '12.5'), await textOf('JPY', '12'), await textOf('BTC', '0.00000001', 8)];
    const taken = await textOf('USD', '-2.50');

    expect(results.map(({ transaction }) => transaction.postings[0]?.amountMinor)).toEqual([1_250n, 12n, 1n]);
    expect(taken.transaction.postings).toMatchObject([{ amountMinor: -250n }]);
    await expect(refusalOf(textOf('JPY', '1.5'))).resolves.toMatchObject({
      code: 'AMOUNT_INVALID',
      details: { rule: 'decimals', field: 'amount', scale: 0 },
    });
  });

  it('deposits: makes the balance at the first credit, and an entry of its type’s shape', async () => {
    const owner = await store.openAccount();

    const { transaction, replayed } = await balances.createTransaction({
      ...usd(owner, 1_250n),
      description: 'Bank transfer',
      actor: 'admin',
    });

    expect(replayed).toBe(false);
    expect(transaction).toMatchObject({
      owner,
      transactionType: 'DEPOSIT',
      status: 'COMPLETED',
      postings: [{ code: 'USD', bucket: 'available', amountMinor: 1_250n, scale: 2 }],
      description: 'Bank transfer',
      actor: 'admin',
    });
    expect(journalShapeProblem(transaction)).toBeUndefined();
    await expect(balances.getTransaction(owner, transaction.transactionId)).resolves.toEqual(transaction);
    await expect(balances.getBalance(owner, 'USD')).resolves.toEqual({
      owner,
      code: 'USD',
      scale: 2,
      availableMinor: 1_250n,
      heldMinor: 0n,
      totalDepositedMinor: 1_250n,
      totalWithdrawnMinor: 0n,
      openOrders: 0,
      status: 'ACTIVE',
      version: 1,
      createdAt: transaction.createdAt,
      updatedAt: transaction.createdAt,
    });
  });

  it('adds up: 100 + 50 - 30 is 120', async () => {
    const owner = await store.openAccount();

    await deposit(owner, 100n);
    await deposit(owner, 50n);
    const { transaction } = await withdraw(owner, 30n);

    expect(transaction.postings).toEqual([{ code: 'USD', bucket: 'available', amountMinor: -30n, scale: 2 }]);
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({
      availableMinor: 120n,
      totalDepositedMinor: 150n,
      totalWithdrawnMinor: 30n,
      version: 3,
    });
  });

  it('refuses a withdrawal beyond the balance with both figures, and stores nothing', async () => {
    const owner = await store.openAccount();
    await deposit(owner, 1_000n);

    const { code, details } = await refusalOf(withdraw(owner, 1_250n));

    expect(code).toBe('BALANCE_INSUFFICIENT');
    expect(details).toEqual({ code: 'USD', available: '10.00', required: '12.50' });
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({ availableMinor: 1_000n, version: 1 });
    await expect(readJournal(balances, owner)).resolves.toHaveLength(1);
  });

  it('lets the whole balance be withdrawn', async () => {
    const owner = await store.openAccount();
    await deposit(owner, 1_000n);

    await withdraw(owner, 1_000n);

    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({ availableMinor: 0n });
  });

  it('refuses a withdrawal where there is no balance, as uncovered', async () => {
    const owner = await store.openAccount();

    const known = await refusalOf(withdraw(owner, 1n));
    const unknown = await refusalOf(withdraw(freshOwner(), 1n));

    expect(known).toMatchObject({ code: 'BALANCE_INSUFFICIENT', details: { available: '0.00', required: '0.01' } });
    expect(unknown.code).toBe('BALANCE_INSUFFICIENT');
  });

  it.each([
    { code: 'USD', scale: 2 },
    { code: 'BTC', scale: 8 },
  ])('adjusts $code both ways, outside the totals of deposits and withdrawals', async ({ code, scale }) => {
    const owner = await store.openAccount();

    await adjust({ owner, code, scale, amountMinor: 500n });
    const { transaction } = await adjust({ owner, code, scale, amountMinor: -200n });

    expect(transaction.postings).toEqual([{ code, bucket: 'available', amountMinor: -200n, scale }]);
    await expect(balances.getBalance(owner, code)).resolves.toMatchObject({
      scale,
      availableMinor: 300n,
      totalDepositedMinor: 0n,
      totalWithdrawnMinor: 0n,
    });
  });

  it('refuses a negative adjustment beyond the balance', async () => {
    const owner = await store.openAccount();
    await adjust({ owner, code: 'BTC', scale: 8, amountMinor: 150_000_000n });

    const { code, details } = await refusalOf(adjust({ owner, code: 'BTC', scale: 8, amountMinor: -150_000_001n }));

    expect(code).toBe('BALANCE_INSUFFICIENT');
    expect(details).toEqual({ code: 'BTC', available: '1.50000000', required: '1.50000001' });
  });

  it.each([1n, -1n])('refuses an adjustment by %d at another scale than the balance’s', async (amountMinor) => {
    const owner = await store.openAccount();
    await adjust({ owner, code: 'BTC', scale: 8, amountMinor: 100n });

    const { code, details } = await refusalOf(adjust({ owner, code: 'BTC', scale: 6, amountMinor }));

    expect(code).toBe('BALANCE_SCALE_MISMATCH');
    expect(details).toEqual({ code: 'BTC', scale: 6, expectedScale: 8 });
    await expect(balances.getBalance(owner, 'BTC')).resolves.toMatchObject({ availableMinor: 100n, scale: 8 });
  });

  it('counts exactly at 10²⁴ minor units', async () => {
    const owner = await store.openAccount();

    await deposit(owner, MAX_MINOR);
    await deposit(owner, MAX_MINOR);
    await deposit(owner, 1n);
    await withdraw(owner, MAX_MINOR - 1n);
    const { code, details } = await refusalOf(
      adjust({ owner, code: 'USD', amountMinor: -MAX_MINOR }).then(() => withdraw(owner, 3n)),
    );

    const { availableMinor, totalDepositedMinor } = await balances.getBalance(owner, 'USD');
    expect({ availableMinor, totalDepositedMinor }).toEqual({
      availableMinor: 2n,
      totalDepositedMinor: 2_000_000_000_000_000_000_000_001n,
    });
    expect({ code, details }).toMatchObject({ code: 'BALANCE_INSUFFICIENT', details: { available: '0.02' } });
    expect((await readJournal(balances, owner)).at(-1)?.postings[0]?.amountMinor).toBe(MAX_MINOR);
  });

  it('refuses a currency that is not registered, except to an adjustment', async () => {
    const owner = await store.openAccount();
    const euros = new BalanceDao({ database: store.database, currencies: ['EUR'] });

    const { code, details } = await refusalOf(euros.createTransaction(usd(owner, 1n)));
    await euros.createTransaction({ ...usd(owner, 5n), transactionType: 'SYSTEM_ADJUSTMENT' });

    expect({ code, details }).toEqual({ code: 'CURRENCY_NOT_REGISTERED', details: { code: 'USD' } });
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({ availableMinor: 5n });
  });

  it.each([{}, { pending: true }, { transactionType: 'SYSTEM_ADJUSTMENT' as const }])(
    'refuses a credit %j to an owner without an account, or with a closed one',
    async (overrides) => {
      const nobody = freshOwner();
      const owner = await store.openAccount();
      await store.closeAccount(owner);

      const unknown = await refusalOf(balances.createTransaction({ ...usd(nobody, 100n), ...overrides }));
      const deleted = await refusalOf(balances.createTransaction({ ...usd(owner, 100n), ...overrides }));

      expect(unknown).toMatchObject({ code: 'ACCOUNT_NOT_FOUND', details: { owner: nobody } });
      expect(deleted).toMatchObject({ code: 'ACCOUNT_CLOSED', details: { owner } });
      await expect(balances.listBalances(nobody)).resolves.toEqual([]);
      await expect(readJournal(balances, nobody)).resolves.toEqual([]);
    },
  );

  it('pays out what is left in a closed account', async () => {
    const owner = await store.openAccount();
    await deposit(owner, 100n);
    await store.closeAccount(owner);

    await withdraw(owner, 100n);

    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({ availableMinor: 0n });
  });

  it.each([
    { amountMinor: 0n },
    { amountMinor: -1n },
    { amountMinor: MAX_MINOR + 1n },
    { code: 'BTC' },
    { code: 'USD', scale: 3 },
    { transactionType: 'WITHDRAW', pending: true },
    { transactionType: 'ORDER_PAYMENT' },
    { idempotencyKey: 'with space' },
    { status: 'COMPLETED' },
  ])('refuses the request %#', async (overrides) => {
    const owner = await store.openAccount();
    const create = { ...usd(owner, 1n), ...overrides } as BalanceTransactionCreate;

    await expect(refusalOf(balances.createTransaction(create))).resolves.toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('keeps every one of 64 deposits of one instant', async () => {
    const owner = await store.openAccount();

    const { answers } = await runParallel(64, () => deposit(owner, 1n));

    expect(new Set(answers.map(({ transaction }) => transaction.transactionId)).size).toBe(64);
    await expect(readJournal(balances, owner)).resolves.toHaveLength(64);
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({ availableMinor: 64n, version: 64 });
  });

  it('completes exactly the 20 of 64 parallel withdrawals that are covered', async () => {
    const owner = await store.openAccount();
    await deposit(owner, 2_049n);

    const { answers, codes } = await runParallel(64, () => withdraw(owner, 100n));

    expect(answers).toHaveLength(20);
    expect(codes).toEqual(Array(44).fill('BALANCE_INSUFFICIENT'));
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({ availableMinor: 49n });
  });

  it('neither loses nor makes money where deposits race withdrawals', async () => {
    const owner = await store.openAccount();
    await deposit(owner, 1_000n);

    const { answers, codes } = await runParallel(64, (index) =>
      index % 2 === 0 ? deposit(owner, 10n) : withdraw(owner, 90n),
    );

    const withdrawn = answers.filter(({ transaction }) => transaction.transactionType === 'WITHDRAW').length;
    expect(answers.length - withdrawn).toBe(32);
    expect(codes).toEqual(Array(32 - withdrawn).fill('BALANCE_INSUFFICIENT'));
    const { availableMinor } = await balances.getBalance(owner, 'USD');
    expect(availableMinor).toBe(1_320n - 90n * BigInt(withdrawn));
    expect(availableMinor).toBeGreaterThanOrEqual(0n);
  });
});

describe('BalanceDao.getTransaction', () => {
  it('refuses the id of another owner’s entry', async () => {
    const owner = await store.openAccount();
    const other = await store.openAccount();
    const { transaction } = await deposit(other, 100n);

    const { code, details } = await refusalOf(balances.getTransaction(owner, transaction.transactionId));

    expect(code).toBe('TRANSACTION_NOT_FOUND');
    expect(details).toEqual({ transactionId: transaction.transactionId });
  });

  it('takes an id in any case, and refuses what is none', async () => {
    const owner = await store.openAccount();
    const { transaction } = await deposit(owner, 100n);

    const found = await balances.getTransaction(owner, transaction.transactionId.toLowerCase());
    const { code } = await refusalOf(balances.getTransaction(owner, 'BALANCE#USD'));

    expect(found).toEqual(transaction);
    expect(code).toBe('VALIDATION_FAILED');
  });
});

describe('the ledger', () => {
  it('holds after all of this', async () => {
    await expect(findLedgerBreaks(store)).resolves.toEqual([]);
  });
});
