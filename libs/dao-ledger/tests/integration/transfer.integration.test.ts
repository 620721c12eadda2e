import { meterRequests, readItem } from '@cnop/database-core';
import type { TransferCreate } from '@cnop/entities-ledger';
import { claimKey, fromClaimItem } from '@cnop/entities-ledger/table';
import { after, landLate, loseRequest, loseResponse, refusalOf, runParallel, type Fault } from '@cnop/testing';
import { BalanceDao } from '../../src/index.ts';
import { findLedgerBreaks, readJournal } from '../support/ledger-breaks.ts';
import { useTestStore } from '../support/test-store.ts';

type InMinorUnits = Extract<TransferCreate, { amountMinor: bigint }>;

const store = useTestStore();
const { balances, database } = store;
/** Without a check of owners. */
const unchecked = new BalanceDao({ database });
const idempotencyKey = 'key-1';

const sent = (from: string, to: string, overrides: Partial<InMinorUnits> = {}): InMinorUnits => ({
  from,
  to,
  code: 'USD',
  amountMinor: 250n,
  ...overrides,
});

const fund = (owner: string, amountMinor: bigint, code = 'USD') =>
  balances.createTransaction({ owner, transactionType: 'DEPOSIT', code, amountMinor });

/** Two owners with accounts, the first of whom has 10.00 USD. */
async function pair(): Promise<[string, string]> {
  const [from, to] = [await store.openAccount(), await store.openAccount()];
  await fund(from, 1_000n);
  return [from, to];
}

const availableOf = async (owner: string, code = 'USD') => (await balances.findBalance(owner, code))?.availableMinor;

const transfersOf = async (owner: string) =>
  (await readJournal(balances, owner)).filter(({ transactionType }) => transactionType === 'TRANSFER');

describe('BalanceDao.transfer', () => {
  it('moves the amount, with an entry on each side that mirrors the other', async () => {
    const [from, to] = await pair();
    const remarks = { note: 'for May', metadata: { flat: '7' } };

    const { transaction, replayed } = await balances.transfer(
      sent(from, to, { description: 'Rent', actor: 'admin', ...remarks }),
    );

    const { transactionId, createdAt } = transaction;
    const shared = {
      transactionId,
      transactionType: 'TRANSFER',
      status: 'COMPLETED',
      description: 'Rent',
      actor: 'admin',
      createdAt,
      updatedAt: createdAt,
    };
    const usd = { code: 'USD', bucket: 'available', scale: 2 };
    expect(replayed).toBe(false);
    expect(transaction).toStrictEqual({
      ...shared,
      owner: from,
      counterparty: to,
      postings: [{ ...usd, amountMinor: -250n }],
      ...remarks,
    });
    await expect(balances.getTransaction(from, transactionId)).resolves.toStrictEqual(transaction);
    await expect(balances.getTransaction(to, transactionId)).resolves.toStrictEqual({
      ...shared,
      owner: to,
      counterparty: from,
      postings: [{ ...usd, amountMinor: 250n }],
    });
    await expect(balances.getBalance(from, 'USD')).resolves.toMatchObject({
      availableMinor: 750n,
      totalWithdrawnMinor: 0n,
    });
    await expect(balances.getBalance(to, 'USD')).resolves.toMatchObject({
      availableMinor: 250n,
      totalDepositedMinor: 0n,
    });
  });

  it('moves an asset too, at its scale', async () => {
    const [from, to] = await pair();
    const code = 'BTC';
    await balances.createTransaction({
      owner: from,
      transactionType: 'SYSTEM_ADJUSTMENT',
      code,
      scale: 8,
      amount: '1',
    });

    await balances.transfer({ from, to, code, scale: 8, amount: '0.25' });

    expect([await availableOf(from, code), await availableOf(to, code)]).toEqual([75_000_000n, 25_000_000n]);
  });

  it.each([
    ['without a key', {}, 4 + 1],
    ['with a key', { idempotencyKey }, 5 + 1],
  ])('is one request, %s', async (_, key, items) => {
    const [from, to] = await pair();
    const meter = meterRequests(database);

    await balances.transfer(sent(from, to, key));
    meter.stop();

    expect(meter.requests).toMatchObject([{ target: 'TransactWriteItems', items }]);
  });

  it('is in no journal when it cannot be paid, and says both figures', async () => {
    const [from, to] = await pair();

    const refusal = await refusalOf(balances.transfer(sent(from, to, { amountMinor: 1_001n, idempotencyKey })));

    expect(refusal).toMatchObject({
      code: 'BALANCE_INSUFFICIENT',
      details: { code: 'USD', available: '10.00', required: '10.01' },
    });
    expect([await transfersOf(from), await transfersOf(to)]).toEqual([[], []]);
    await expect(balances.transfer(sent(from, to, { idempotencyKey }))).resolves.toMatchObject({ replayed: false });
  });

  it('is refused from a frozen balance, and arrives at one', async () => {
    const [from, to] = await pair();
    await fund(to, 1n);
    await balances.updateBalance({ owner: to, code: 'USD', status: 'FROZEN' });

    await balances.transfer(sent(from, to));

    await expect(refusalOf(balances.transfer(sent(to, from, { amountMinor: 1n })))).resolves.toMatchObject({
      code: 'BALANCE_FROZEN',
    });
    expect([await availableOf(from), await availableOf(to)]).toEqual([750n, 251n]);
  });

  it.each([
    ['from', 4, 8],
    ['to', 8, 4],
  ])('is refused where the %s balance has another scale', async (_, scaleOfTo, scaleOfFrom) => {
    const [from, to] = await pair();
    const adjust = (owner: string, scale: number) =>
      balances.createTransaction({ owner, transactionType: 'SYSTEM_ADJUSTMENT', code: 'BTC', scale, amountMinor: 9n });
    await adjust(from, scaleOfFrom);
    await adjust(to, scaleOfTo);

    const refusal = await refusalOf(balances.transfer(sent(from, to, { code: 'BTC', scale: 4, amountMinor: 1n })));

    expect(refusal).toMatchObject({ code: 'BALANCE_SCALE_MISMATCH', details: { scale: 4, expectedScale: 8 } });
    expect([await availableOf(from, 'BTC'), await availableOf(to, 'BTC')]).toEqual([9n, 9n]);
  });

  it.each([
    ['to oneself', { to: 'owner-1', from: 'owner-1' }, '/to'],
    ['of nothing', { amountMinor: 0n }, '/amountMinor'],
    ['of less than nothing', { amountMinor: -1n }, '/amountMinor'],
    ['of an asset without its scale', { code: 'BTC' }, '/scale'],
    ['of a currency at another scale', { scale: 3 }, '/scale'],
    ['to nobody', { to: '' }, '/to'],
    ['of an amount given twice', { amount: '2.50' }, '/amount'],
  ])('is refused %s, before anything is sent', async (_, overrides, pointer) => {
    const create = { ...sent('owner-1', 'owner-2'), ...overrides } as TransferCreate;

    await expect(refusalOf(balances.transfer(create))).resolves.toMatchObject({
      code: 'VALIDATION_FAILED',
      details: { issues: [{ pointer }] },
    });
  });
});

describe('who may receive a transfer', () => {
  it('is one who passes the check of owners, with or without a balance', async () => {
    const [from, to] = await pair();
    await store.closeAccount(to);

    await expect(refusalOf(balances.transfer(sent(from, store.freshOwner())))).resolves.toMatchObject({
      code: 'ACCOUNT_NOT_FOUND',
    });
    await expect(refusalOf(balances.transfer(sent(from, to)))).resolves.toMatchObject({ code: 'ACCOUNT_CLOSED' });
    expect(await availableOf(from)).toBe(1_000n);
  });

  it('is, where no check is configured, one who has a balance of that code', async () => {
    const [from, to] = await pair();
    const stranger = store.freshOwner();
    await fund(to, 1n);

    const refusal = await refusalOf(unchecked.transfer(sent(from, stranger)));
    await unchecked.transfer(sent(from, to));

    expect(refusal).toMatchObject({ code: 'RECIPIENT_UNKNOWN', details: { code: 'USD' } });
    expect([await availableOf(from), await availableOf(to), await availableOf(stranger)]).toEqual([
      750n,
      251n,
      undefined,
    ]);
  });
});

describe('a transfer under an idempotency key', () => {
  it('is answered from then on with the first entry, also when the money is spent by now', async () => {
    const [from, to] = await pair();
    const create = sent(from, to, { amountMinor: 1_000n, idempotencyKey });

    const first = await balances.transfer(create);
    const repeat = await balances.transfer({ from, to, code: 'USD', amount: '10', idempotencyKey });

    expect(repeat).toEqual({ transaction: first.transaction, replayed: true });
    expect(await availableOf(to)).toBe(1_000n);
  });

  it.each<[string, (owners: { from: string; to: string; other: string }) => Partial<InMinorUnits>]>([
    ['another amount', () => ({ amountMinor: 251n })],
    ['another receiver', ({ other }) => ({ to: other })],
    ['another description', () => ({ description: 'x' })],
    ['another note', () => ({ note: 'x' })],
    ['other metadata', () => ({ metadata: { x: 'y' } })],
  ])('is refused for %s', async (_, change) => {
    const [from, to] = await pair();
    const other = await store.openAccount();
    await balances.transfer(sent(from, to, { idempotencyKey }));

    const { code } = await refusalOf(
      balances.transfer(sent(from, to, { idempotencyKey, ...change({ from, to, other }) })),
    );

    expect(code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await availableOf(from)).toBe(750n);
  });

  it('is of the actor and of who gives: the same key of another stands for another request', async () => {
    const [from, to] = await pair();
    await fund(to, 1_000n);

    const results = [
      await balances.transfer(sent(from, to, { idempotencyKey })),
      await balances.transfer(sent(to, from, { idempotencyKey })),
      await balances.transfer(sent(from, to, { idempotencyKey, actor: 'admin' })),
      await balances.transfer(sent(to, from, { idempotencyKey, actor: 'admin' })),
      await balances.transfer(sent(from, to, { idempotencyKey, actor: from })),
    ];

    expect(results.map(({ replayed }) => replayed)).toEqual([false, false, false, false, true]);
    expect([await availableOf(from), await availableOf(to)]).toEqual([1_000n, 1_000n]);
  });

  it('is not that of a deposit: one key stands for one request', async () => {
    const [from, to] = await pair();
    const deposit = {
      owner: from,
      transactionType: 'DEPOSIT',
      code: 'USD',
      amountMinor: 250n,
      idempotencyKey,
    } as const;
    await balances.createTransaction(deposit);

    await expect(refusalOf(balances.transfer(sent(from, to, { idempotencyKey })))).resolves.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    // Who receives has given no key away.
    await balances.transfer(sent(from, to, { idempotencyKey: 'key-2' }));
    const ofReceiver = { ...deposit, owner: to, idempotencyKey: 'key-2' };
    await expect(balances.createTransaction(ofReceiver)).resolves.toMatchObject({ replayed: false });
  });
});

describe('transfers at once', () => {
  it('both ways arrive, each once', async () => {
    const [from, to] = await pair();
    await fund(to, 1_000n);

    const { codes } = await runParallel(16, (index) =>
      index % 2 === 0 ? balances.transfer(sent(from, to)) : balances.transfer(sent(to, from, { amountMinor: 150n })),
    );

    const gone = (await transfersOf(from)).reduce((sum, { postings }) => sum + (postings[0]?.amountMinor ?? 0n), 0n);
    expect(codes.filter((code) => code !== 'BALANCE_INSUFFICIENT' && code !== 'CONTENTION')).toEqual([]);
    expect(await availableOf(from)).toBe(1_000n + gone);
    expect((await availableOf(from))! + (await availableOf(to))!).toBe(2_000n);
    expect(await transfersOf(to)).toHaveLength((await transfersOf(from)).length);
  });

  it('of one key make one transfer', async () => {
    const [from, to] = await pair();

    const { answers } = await runParallel(12, () => balances.transfer(sent(from, to, { idempotencyKey })));

    expect(new Set(answers.map(({ transaction }) => transaction.transactionId)).size).toBe(1);
    expect([await availableOf(from), await availableOf(to)]).toEqual([750n, 250n]);
  });

  it('never give more than there is', async () => {
    const [from, to] = await pair();

    await runParallel(12, () => balances.transfer(sent(from, to, { amountMinor: 300n })).catch(() => undefined));

    const left = (await availableOf(from))!;
    expect(left).toBeGreaterThanOrEqual(0n);
    expect(left + ((await availableOf(to)) ?? 0n)).toBe(1_000n);
  });
});

describe('a transfer of unknown outcome', () => {
  const keys = [{}, { idempotencyKey }];
  const faults: [string, Fault][] = [
    ['the response is lost', loseResponse()],
    ['the request is lost', loseRequest()],
  ];

  it.each(faults.flatMap(([name, fault]) => keys.map((key) => ({ name, fault, key }))))(
    'is made once when $name: $key',
    async ({ fault, key }) => {
      const [from, to] = await pair();
      const { balances: dao, http } = store.faulty();
      http.script('TransactWriteItems', fault, fault);

      await expect(dao.transfer(sent(from, to, key))).resolves.toMatchObject({ replayed: false });

      expect([await availableOf(from), await availableOf(to)]).toEqual([750n, 250n]);
      expect([await transfersOf(from), await transfersOf(to)].map(({ length }) => length)).toEqual([1, 1]);
    },
  );

  it.each(keys)('is fenced off before it is refused, and lands no more: %p', async (key) => {
    const [from, to] = await pair();
    const { balances: dao, http } = store.faulty();
    const late = landLate();
    const beyond = sent(from, to, { amountMinor: 1_000n, ...key });
    const spend = () =>
      balances.createTransaction({ owner: from, transactionType: 'WITHDRAW', code: 'USD', amountMinor: 1n });
    http.script('TransactWriteItems', late, after(spend));

    const refusal = await refusalOf(dao.transfer(beyond));
    await fund(from, 1n);
    await late.release();

    expect(refusal).toMatchObject({ code: 'BALANCE_INSUFFICIENT' });
    expect([await availableOf(from), await availableOf(to)]).toEqual([1_000n, undefined]);
    expect(await transfersOf(to)).toEqual([]);
    expect((await transfersOf(from)).map(({ status }) => status)).toEqual(key.idempotencyKey ? [] : ['FAILED']);
    if (key.idempotencyKey) {
      const address = { tableName: database.tableName('ledger'), key: { ...claimKey(from, from, idempotencyKey) } };
      const claim = await readItem(database, address);
      expect(claim && fromClaimItem(claim)).toMatchObject({ status: 'REFUSED' });
      await expect(refusalOf(balances.transfer(beyond))).resolves.toMatchObject({ code: 'BALANCE_INSUFFICIENT' });
    }
  });

  it('is told as such when nothing answers, and made once by a repeat', async () => {
    const [from, to] = await pair();
    const { balances: dao, http } = store.faulty({ maxAttempts: 1 });
    const late = landLate();
    http.script('TransactWriteItems', late);

    const unknown = await refusalOf(dao.transfer(sent(from, to, { idempotencyKey })));
    await late.release();
    const repeat = await balances.transfer(sent(from, to, { idempotencyKey }));

    expect(unknown).toMatchObject({ code: 'OUTCOME_UNKNOWN', details: { operation: 'transfer', owner: from } });
    expect(repeat.replayed).toBe(true);
    expect([await availableOf(from), await availableOf(to)]).toEqual([750n, 250n]);
  });
});

describe('the ledger', () => {
  it('holds after all of this', async () => {
    await expect(findLedgerBreaks(store)).resolves.toEqual([]);
  });
});
