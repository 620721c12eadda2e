import { refusalOf, runParallel } from '@cnop/testing';
import { findLedgerBreaks } from '../support/ledger-breaks.ts';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { balances, freshOwner } = store;

const deposit = (owner: string, amountMinor: bigint, code = 'USD') =>
  balances.createTransaction({ owner, transactionType: 'DEPOSIT', code, amountMinor });
const withdraw = (owner: string, amountMinor: bigint, code = 'USD') =>
  balances.createTransaction({ owner, transactionType: 'WITHDRAW', code, amountMinor });

describe('BalanceDao.createBalance', () => {
  it('makes an empty balance with the scale of ISO 4217', async () => {
    const owner = await store.openAccount();

    const balance = await balances.createBalance({ owner, code: 'JPY' });

    expect(balance).toMatchObject({ owner, code: 'JPY', scale: 0, availableMinor: 0n, heldMinor: 0n, version: 1 });
    await expect(balances.getBalance(owner, 'JPY')).resolves.toEqual(balance);
  });

  it('makes an empty balance of an asset with the scale it is told', async () => {
    const owner = await store.openAccount();

    await balances.createBalance({ owner, code: 'BTC', scale: 8 });

    await expect(balances.getBalance(owner, 'BTC')).resolves.toMatchObject({ scale: 8, status: 'ACTIVE' });
  });

  it('makes one of 16 racing balances, and never over one that holds money', async () => {
    const owner = await store.openAccount();
    await deposit(owner, 100n, 'EUR');

    const { answers, codes } = await runParallel(16, () => balances.createBalance({ owner, code: 'USD' }));
    const { code, details } = await refusalOf(balances.createBalance({ owner, code: 'EUR' }));

    expect(answers).toHaveLength(1);
    expect(details).toEqual({ owner, code: 'EUR' });
    expect([...codes, code]).toEqual(Array(16).fill('BALANCE_EXISTS'));
    await expect(balances.getBalance(owner, 'EUR')).resolves.toMatchObject({ availableMinor: 100n });
  });

  it('refuses an owner without an account, or with a closed one', async () => {
    const nobody = freshOwner();
    const owner = await store.openAccount();
    await store.closeAccount(owner);

    const unknown = await refusalOf(balances.createBalance({ owner: nobody, code: 'USD' }));
    const deleted = await refusalOf(balances.createBalance({ owner, code: 'USD' }));

    expect([unknown.code, deleted.code]).toEqual(['ACCOUNT_NOT_FOUND', 'ACCOUNT_CLOSED']);
    await expect(balances.listBalances(nobody)).resolves.toEqual([]);
  });

  it.each([
    [{ code: 'BTC' }, { pointer: '/scale', message: 'An asset needs its scale.' }],
    [
      { code: 'USD', scale: 3 },
      { pointer: '/scale', message: 'The scale of a currency is that of ISO 4217.' },
    ],
    [{ code: 'BTC', scale: 19 }, { pointer: '/scale' }],
    [{ code: 'usd' }, { pointer: '/code' }],
    [{ code: 'XAU' }, { pointer: '/scale' }],
    [{ code: 'A#B', scale: 0 }, { pointer: '/code' }],
  ])('refuses %j', async (create, issue) => {
    const owner = await store.openAccount();

    const { code, details } = await refusalOf(balances.createBalance({ owner, ...create }));

    expect(code).toBe('VALIDATION_FAILED');
    expect(details).toEqual({ issues: expect.arrayContaining([expect.objectContaining(issue)]) as unknown });
  });

  it('takes the scale of ISO 4217 where it is given', async () => {
    const owner = await store.openAccount();

    await expect(balances.createBalance({ owner, code: 'JPY', scale: 0 })).resolves.toMatchObject({ scale: 0 });
  });
});

describe('BalanceDao.getBalance', () => {
  it('refuses a code the owner never had', async () => {
    const owner = await store.openAccount();

    const { code, details } = await refusalOf(balances.getBalance(owner, 'USD'));

    expect({ code, details }).toEqual({ code: 'BALANCE_NOT_FOUND', details: { owner, code: 'USD' } });
  });
});

describe('BalanceDao.findBalance', () => {
  it('finds what the owner has, and nothing of what they never had', async () => {
    const owner = await store.openAccount();
    await deposit(owner, 100n);

    await expect(balances.findBalance(owner, 'USD')).resolves.toMatchObject({ availableMinor: 100n });
    await expect(balances.findBalance(owner, 'EUR')).resolves.toBeUndefined();
    await expect(balances.findBalance(freshOwner(), 'USD')).resolves.toBeUndefined();
  });
});

describe('BalanceDao.listBalances', () => {
  it('lists all balances of the owner by code, and nothing else of the partition', async () => {
    const owner = await store.openAccount();
    const other = await store.openAccount();
    await deposit(owner, 100n, 'USD');
    await deposit(owner, 200n, 'EUR');
    await balances.createBalance({ owner, code: 'BTC', scale: 8 });
    await deposit(other, 300n, 'GBP');

    const listed = await balances.listBalances(owner);

    expect(listed.map(({ code, availableMinor }) => [code, availableMinor])).toEqual([
      ['BTC', 0n],
      ['EUR', 200n],
      ['USD', 100n],
    ]);
  });
});

describe('BalanceDao.updateBalance', () => {
  it('freezes: debits are refused, credits taken', async () => {
    const owner = await store.openAccount();
    await deposit(owner, 500n);

    const frozen = await balances.updateBalance({ owner, code: 'USD', status: 'FROZEN' });
    const withdrawal = await refusalOf(withdraw(owner, 100n));
    const adjustment = await refusalOf(
      balances.createTransaction({ owner, transactionType: 'SYSTEM_ADJUSTMENT', code: 'USD', amountMinor: -1n }),
    );
    await deposit(owner, 100n);

    expect(frozen).toMatchObject({ status: 'FROZEN', availableMinor: 500n, version: 2 });
    expect(withdrawal).toMatchObject({ code: 'BALANCE_FROZEN', details: { code: 'USD' } });
    expect(adjustment.code).toBe('BALANCE_FROZEN');
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({
      status: 'FROZEN',
      availableMinor: 600n,
      version: 3,
    });
  });

  it('makes active again', async () => {
    const owner = await store.openAccount();
    await deposit(owner, 500n);
    await balances.updateBalance({ owner, code: 'USD', status: 'FROZEN' });

    const active = await balances.updateBalance({ owner, code: 'USD', status: 'ACTIVE' });
    await withdraw(owner, 500n);

    expect(active).toMatchObject({ status: 'ACTIVE', version: 3 });
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({ availableMinor: 0n });
  });

  it.each([
    ['plain', ['GetItem', 'UpdateItem']],
    ['transaction', ['GetItem', 'TransactWriteItems', 'GetItem']],
  ] as const)('returns the balance as it is then, by single writes that are %s', async (singleWrites, targets) => {
    const owner = await store.openAccount();
    await deposit(owner, 500n);
    const { http, balances: other } = store.faulty({ singleWrites });

    const frozen = await other.updateBalance({ owner, code: 'USD', status: 'FROZEN' });

    expect(http.calls.map(({ target }) => target)).toEqual(targets);
    expect(frozen).toEqual(await balances.getBalance(owner, 'USD'));
    expect(frozen).toMatchObject({ status: 'FROZEN', availableMinor: 500n, version: 2 });
  });

  it('changes nothing when the balance has the status already', async () => {
    const owner = await store.openAccount();
    const balance = await balances.createBalance({ owner, code: 'USD' });

    await expect(balances.updateBalance({ owner, code: 'USD', status: 'ACTIVE' })).resolves.toEqual(balance);
  });

  it('gives 16 racing freezes, deposits among them, one answer and one change', async () => {
    const owner = await store.openAccount();
    await deposit(owner, 100n);

    const { answers, codes } = await runParallel(32, async (index) =>
      index % 2 === 0
        ? (await balances.updateBalance({ owner, code: 'USD', status: 'FROZEN' })).status
        : (await deposit(owner, 1n)).transaction.status,
    );

    expect(codes).toEqual([]);
    expect(answers.filter((status) => status === 'FROZEN')).toHaveLength(16);
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({
      status: 'FROZEN',
      availableMinor: 116n,
      version: 18,
    });
  });

  it('refuses a balance that does not exist, and makes none', async () => {
    const owner = await store.openAccount();

    const { code, details } = await refusalOf(balances.updateBalance({ owner, code: 'USD', status: 'FROZEN' }));

    expect({ code, details }).toEqual({ code: 'BALANCE_NOT_FOUND', details: { owner, code: 'USD' } });
    await expect(balances.listBalances(owner)).resolves.toEqual([]);
  });

  it('refuses to set an amount', async () => {
    const owner = await store.openAccount();
    const change = { owner, code: 'USD', status: 'ACTIVE' as const, availableMinor: 1n };

    await expect(refusalOf(balances.updateBalance(change))).resolves.toMatchObject({ code: 'VALIDATION_FAILED' });
  });
});

describe('the ledger', () => {
  it('holds after all of this', async () => {
    await expect(findLedgerBreaks(store)).resolves.toEqual([]);
  });
});
