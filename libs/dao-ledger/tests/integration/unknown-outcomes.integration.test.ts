import { readItem } from '@cnop/database-core';
import type { BalanceTransactionCreate } from '@cnop/entities-ledger';
import { claimKey, fromClaimItem } from '@cnop/entities-ledger/table';
import { after, landLate, loseRequest, loseResponse, pass, refusalOf } from '@cnop/testing';
import { findLedgerBreaks, readJournal } from '../support/ledger-breaks.ts';
import { useTestStore } from '../support/test-store.ts';

type InMinorUnits = Extract<BalanceTransactionCreate, { amountMinor: bigint }>;

const store = useTestStore();
const { balances, database } = store;
const idempotencyKey = 'key-1';

/** Both kinds of movement: without a key the entry is the guard, with one the claim is. */
const keys = [{}, { idempotencyKey }];

const deposit = (owner: string, overrides: Partial<InMinorUnits> = {}): InMinorUnits => ({
  owner,
  transactionType: 'DEPOSIT',
  code: 'USD',
  amountMinor: 100n,
  ...overrides,
});

const withdrawal = (owner: string, overrides: Partial<InMinorUnits> = {}) =>
  deposit(owner, { transactionType: 'WITHDRAW', ...overrides });

async function readClaim(owner: string) {
  const key = { ...claimKey(owner, owner, idempotencyKey) };
  const item = await readItem(database, { tableName: database.tableName('ledger'), key });

  return item && fromClaimItem(item);
}

describe.each(keys)('a transaction with %j', (keyed) => {
  it.each([true, false])('takes effect once when its response is lost; DynamoDB knows it again: %s', async (known) => {
    const owner = await store.openAccount();
    const { http, balances: faulty } = store.faulty({ remembersTokens: known });
    http.script('TransactWriteItems', loseResponse(), loseResponse());

    const { transaction, replayed } = await faulty.createTransaction(deposit(owner, keyed));

    expect(replayed).toBe(false);
    await expect(readJournal(balances, owner)).resolves.toEqual([transaction]);
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({ availableMinor: 100n, version: 1 });
  });

  it('takes effect once when its request is lost', async () => {
    const owner = await store.openAccount();
    const { http, balances: faulty } = store.faulty();
    http.script('TransactWriteItems', loseRequest(), loseRequest());

    const { transaction, replayed } = await faulty.createTransaction(deposit(owner, keyed));

    expect(replayed).toBe(false);
    await expect(readJournal(balances, owner)).resolves.toEqual([transaction]);
  });

  it('succeeds when all answers but the one to the last look are lost', async () => {
    const owner = await store.openAccount();
    const { http, balances: faulty } = store.faulty({ maxAttempts: 2 });
    http.script('TransactWriteItems', loseRequest(), loseResponse());

    const { transaction } = await faulty.createTransaction(deposit(owner, keyed));

    await expect(readJournal(balances, owner)).resolves.toEqual([transaction]);
  });

  it('is unknown, not failed, when every request is lost', async () => {
    const owner = await store.openAccount();
    const { http, balances: faulty } = store.faulty({ maxAttempts: 2 });
    http.script('TransactWriteItems', loseRequest(), loseRequest());

    const error = await refusalOf(faulty.createTransaction(deposit(owner, keyed)));

    expect(error).toMatchObject({ code: 'OUTCOME_UNKNOWN', retryable: true });
    expect(error.details).toMatchObject({ operation: 'createTransaction', owner });
    await expect(readJournal(balances, owner)).resolves.toEqual([]);
  });

  it('is its own success when the money is spent before the resend', async () => {
    const owner = await store.openAccount();
    await balances.createTransaction(deposit(owner));
    const { http, balances: faulty } = store.faulty();
    http.script('TransactWriteItems', loseResponse());

    const { transaction, replayed } = await faulty.createTransaction(withdrawal(owner, keyed));

    expect({ status: transaction.status, replayed }).toEqual({ status: 'COMPLETED', replayed: false });
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({ availableMinor: 0n });
  });

  it('is its own success when the entry is settled before the resend', async () => {
    const owner = await store.openAccount();
    const { http, balances: faulty } = store.faulty();
    const settle = async () => {
      const [entry] = await readJournal(balances, owner);
      const { transactionId } = entry!;
      await balances.updateTransactionStatus({ owner, transactionId, status: 'COMPLETED' });
    };
    http.script('TransactWriteItems', loseResponse(), after(settle));

    const { transaction, replayed } = await faulty.createTransaction(deposit(owner, { ...keyed, pending: true }));

    expect(replayed).toBe(false);
    expect(transaction.transactionId).toBe((await readJournal(balances, owner))[0]?.transactionId);
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({ availableMinor: 100n, version: 1 });
  });
});

describe('a resend that is refused although an earlier attempt may land', () => {
  it('puts the entry as FAILED, so that the late attempt changes nothing', async () => {
    const owner = await store.openAccount();
    await balances.createTransaction(deposit(owner));
    const { http, balances: faulty } = store.faulty();
    const late = landLate();
    const spend = () => balances.createTransaction(withdrawal(owner));
    http.script('TransactWriteItems', late, after(spend));

    const { code, details } = await refusalOf(faulty.createTransaction(withdrawal(owner)));
    await balances.createTransaction(deposit(owner));
    await late.release();

    expect({ code, details }).toEqual({
      code: 'BALANCE_INSUFFICIENT',
      details: { code: 'USD', available: '0.00', required: '1.00' },
    });
    const statuses = (await readJournal(balances, owner)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual(['COMPLETED', 'COMPLETED', 'COMPLETED', 'FAILED']);
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({ availableMinor: 100n });
  });

  it('puts the claim as REFUSED, and the key answers the same refusal from then on', async () => {
    const owner = await store.openAccount();
    await balances.createTransaction(deposit(owner));
    const { http, balances: faulty } = store.faulty();
    const late = landLate();
    const spend = () => balances.createTransaction(withdrawal(owner));
    http.script('TransactWriteItems', late, after(spend));

    const first = await refusalOf(faulty.createTransaction(withdrawal(owner, { idempotencyKey })));
    await balances.createTransaction(deposit(owner));
    await late.release();
    const repeat = await refusalOf(balances.createTransaction(withdrawal(owner, { idempotencyKey })));
    const other = await refusalOf(balances.createTransaction(deposit(owner, { idempotencyKey })));

    const answer = { code: 'BALANCE_INSUFFICIENT', details: { code: 'USD', available: '0.00', required: '1.00' } };
    expect({ code: first.code, details: first.details }).toEqual(answer);
    expect({ code: repeat.code, details: repeat.details }).toEqual(answer);
    expect(other.code).toBe('IDEMPOTENCY_KEY_REUSED');
    await expect(readClaim(owner)).resolves.toMatchObject({
      status: 'REFUSED',
      refusal: expect.stringContaining('"code":"BALANCE_INSUFFICIENT"') as string,
    });
    await expect(readJournal(balances, owner)).resolves.toHaveLength(3);
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({ availableMinor: 100n });
  });

  it.each(keys)('returns the late attempt where that lands before the fence: %j', async (keyed) => {
    const owner = await store.openAccount();
    await balances.createTransaction(deposit(owner));
    const { http, balances: faulty } = store.faulty();
    const late = landLate();
    const spend = () => balances.createTransaction(withdrawal(owner));
    const land = async () => {
      await balances.createTransaction(deposit(owner));
      await late.release();
    };
    http.script('TransactWriteItems', late, after(spend));
    http.script('PutItem', after(land));

    const { transaction, replayed } = await faulty.createTransaction(withdrawal(owner, keyed));

    expect({ status: transaction.status, replayed }).toEqual({ status: 'COMPLETED', replayed: false });
    await expect(balances.getTransaction(owner, transaction.transactionId)).resolves.toEqual(transaction);
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({ availableMinor: 0n });
  });

  it('returns another caller’s entry where that takes the key before the fence', async () => {
    const owner = await store.openAccount();
    const { http, balances: faulty } = store.faulty();
    const request = withdrawal(owner, { idempotencyKey });
    const succeed = async () => {
      await balances.createTransaction(deposit(owner));
      await balances.createTransaction(request);
    };
    http.script('TransactWriteItems', loseRequest(), pass());
    http.script('PutItem', after(succeed));

    const { transaction, replayed } = await faulty.createTransaction(request);

    expect({ status: transaction.status, replayed }).toEqual({ status: 'COMPLETED', replayed: true });
    await expect(readJournal(balances, owner)).resolves.toHaveLength(2);
  });

  it.each(keys)('reports the refusal also when the answer to the fence is lost: %j', async (keyed) => {
    const owner = await store.openAccount();
    const { http, balances: faulty } = store.faulty();
    http.script('TransactWriteItems', loseRequest(), pass());
    http.script('PutItem', loseResponse());

    const { code } = await refusalOf(faulty.createTransaction(withdrawal(owner, keyed)));

    expect(code).toBe('BALANCE_INSUFFICIENT');
  });

  it.each(keys)('is unknown when the fence cannot be put: %j', async (keyed) => {
    const owner = await store.openAccount();
    const { http, balances: faulty } = store.faulty({ maxAttempts: 2 });
    http.script('TransactWriteItems', loseRequest(), pass());
    http.script('PutItem', loseRequest(), loseRequest());

    const { code } = await refusalOf(faulty.createTransaction(withdrawal(owner, keyed)));

    expect(code).toBe('OUTCOME_UNKNOWN');
  });
});

describe('a key whose first outcome stayed unknown', () => {
  it('is answered with the entry once the lost request has landed', async () => {
    const owner = await store.openAccount();
    const { http, balances: faulty } = store.faulty({ maxAttempts: 1 });
    const late = landLate();
    http.script('TransactWriteItems', late);
    const { code } = await refusalOf(faulty.createTransaction(deposit(owner, { idempotencyKey })));
    await late.release();

    const { transaction, replayed } = await balances.createTransaction(deposit(owner, { idempotencyKey }));

    expect(code).toBe('OUTCOME_UNKNOWN');
    expect(replayed).toBe(true);
    await expect(readJournal(balances, owner)).resolves.toEqual([transaction]);
  });

  it('may be tried again: the late request then meets the claim', async () => {
    const owner = await store.openAccount();
    const { http, balances: faulty } = store.faulty({ maxAttempts: 1 });
    const late = landLate();
    http.script('TransactWriteItems', late);
    await refusalOf(faulty.createTransaction(deposit(owner, { idempotencyKey })));

    const { replayed } = await balances.createTransaction(deposit(owner, { idempotencyKey }));
    await late.release();

    expect(replayed).toBe(false);
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({ availableMinor: 100n, version: 1 });
  });
});

describe('settling a pending deposit', () => {
  const statuses = ['COMPLETED', 'FAILED'] as const;

  async function pendingDeposit() {
    const owner = await store.openAccount();
    const { transaction } = await balances.createTransaction(deposit(owner, { pending: true }));

    return { owner, transactionId: transaction.transactionId };
  }

  it.each(statuses)('knows its own lost response: %s', async (status) => {
    const name = await pendingDeposit();
    const { http, balances: faulty } = store.faulty();
    http.script('TransactWriteItems', loseResponse());
    http.script('UpdateItem', loseResponse());

    const { transaction, replayed } = await faulty.updateTransactionStatus({ ...name, status });

    expect({ status: transaction.status, replayed }).toEqual({ status, replayed: false });
    await expect(balances.getTransaction(name.owner, name.transactionId)).resolves.toEqual(transaction);
  });

  it.each(statuses)('changes nothing when it lands after another has settled: %s', async (status) => {
    const name = await pendingDeposit();
    const { http, balances: faulty } = store.faulty({ maxAttempts: 1 });
    const late = landLate();
    http.script('TransactWriteItems', late);
    http.script('UpdateItem', late);

    const { code, details } = await refusalOf(faulty.updateTransactionStatus({ ...name, status }));
    const { transaction } = await balances.updateTransactionStatus({ ...name, status: 'CANCELLED' });
    await late.release();

    expect({ code, details }).toEqual({
      code: 'OUTCOME_UNKNOWN',
      details: { operation: 'updateTransactionStatus', ...name },
    });
    await expect(balances.getTransaction(name.owner, name.transactionId)).resolves.toEqual(transaction);
    await expect(balances.listBalances(name.owner)).resolves.toEqual([]);
  });

  it('is refused when another final status came between two attempts', async () => {
    const name = await pendingDeposit();
    const { http, balances: faulty } = store.faulty();
    const cancelIt = () => balances.updateTransactionStatus({ ...name, status: 'CANCELLED' });
    http.script('TransactWriteItems', loseRequest(), after(cancelIt));

    const { code, details } = await refusalOf(faulty.updateTransactionStatus({ ...name, status: 'COMPLETED' }));

    expect(code).toBe('TRANSACTION_NOT_PENDING');
    expect(details).toEqual({ transactionId: name.transactionId, status: 'CANCELLED' });
  });
});

describe('the status of a balance', () => {
  const change = (owner: string, status: 'ACTIVE' | 'FROZEN') => ({ owner, code: 'USD', status });

  it('is changed once when the response is lost', async () => {
    const owner = await store.openAccount();
    await balances.createTransaction(deposit(owner));
    const { http, balances: faulty } = store.faulty();
    http.script('UpdateItem', loseResponse());

    await expect(faulty.updateBalance(change(owner, 'FROZEN'))).resolves.toMatchObject({
      status: 'FROZEN',
      version: 2,
    });
  });

  it('is not changed by an attempt that lands after a later change', async () => {
    const owner = await store.openAccount();
    await balances.createTransaction(deposit(owner));
    await balances.updateBalance(change(owner, 'FROZEN'));
    const { http, balances: faulty } = store.faulty({ maxAttempts: 1 });
    const late = landLate();
    http.script('UpdateItem', late);

    const { code, details } = await refusalOf(faulty.updateBalance(change(owner, 'ACTIVE')));
    await balances.updateBalance(change(owner, 'ACTIVE'));
    await balances.updateBalance(change(owner, 'FROZEN'));
    await late.release();

    expect({ code, details }).toEqual({
      code: 'OUTCOME_UNKNOWN',
      details: { operation: 'updateBalance', owner, code: 'USD' },
    });
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({ status: 'FROZEN' });
  });

  it('is as asked when another changed it so before the write', async () => {
    const owner = await store.openAccount();
    await balances.createBalance({ owner, code: 'USD' });
    const { http, balances: faulty } = store.faulty();
    http.script(
      'UpdateItem',
      after(() => balances.updateBalance(change(owner, 'FROZEN'))),
    );

    await expect(faulty.updateBalance(change(owner, 'FROZEN'))).resolves.toMatchObject({
      status: 'FROZEN',
      version: 2,
    });
  });

  it.each([
    { first: pass(), code: 'CONTENTION', named: false },
    { first: loseRequest(), code: 'OUTCOME_UNKNOWN', named: true },
  ])('is $code when it went there and back before the write', async ({ first, code, named }) => {
    const owner = await store.openAccount();
    await balances.createBalance({ owner, code: 'USD' });
    const { http, balances: faulty } = store.faulty();
    const thereAndBack = async () => {
      await balances.updateBalance(change(owner, 'FROZEN'));
      await balances.updateBalance(change(owner, 'ACTIVE'));
    };
    http.script('UpdateItem', after(thereAndBack, first));

    const refusal = await refusalOf(faulty.updateBalance(change(owner, 'FROZEN')));

    expect(refusal).toMatchObject({ code, retryable: true });
    expect(refusal.details).toEqual(named ? { operation: 'updateBalance', owner, code: 'USD' } : { attempts: 1 });
    await expect(balances.getBalance(owner, 'USD')).resolves.toMatchObject({ status: 'ACTIVE', version: 3 });
  });
});

describe('the making of a balance', () => {
  it('knows its own lost response', async () => {
    const owner = await store.openAccount();
    const { http, balances: faulty } = store.faulty();
    http.script('TransactWriteItems', loseResponse());

    await expect(faulty.createBalance({ owner, code: 'USD' })).resolves.toMatchObject({ version: 1 });
  });

  it('is unknown when every answer is lost', async () => {
    const owner = await store.openAccount();
    const { http, balances: faulty } = store.faulty({ maxAttempts: 1 });
    http.script('TransactWriteItems', loseRequest());

    const { code, details } = await refusalOf(faulty.createBalance({ owner, code: 'USD' }));

    expect({ code, details }).toEqual({
      code: 'OUTCOME_UNKNOWN',
      details: { operation: 'createBalance', owner, code: 'USD' },
    });
  });
});

describe('the ledger', () => {
  it('holds after all of this', async () => {
    await expect(findLedgerBreaks(store)).resolves.toEqual([]);
  });
});
