import { executeWrite } from '@cnop/database-core';
import { after, answerError, cancelTransaction } from '@cnop/testing';
import {
  check,
  debit,
  purchase,
  purchaseKey,
  putItem,
  readPurchase,
  readWallet,
  refused,
} from '../support/purchase.ts';
import { setup } from '../support/setup.ts';

const TRANSACTION = 'TransactWriteItems';
const GUARD_READ = 'TransactGetItems';

describe('executeWrite when attempts are cancelled', () => {
  it('takes a guard whose item carries the own writeId for its own success', async () => {
    const { database, http } = await setup();
    const plan = purchase(database, { writeId: 'mine' });
    const Item = { writeId: { S: 'mine' }, total: { N: '12345678901234567890' } };
    http.script(TRANSACTION, cancelTransaction({ Code: 'ConditionalCheckFailed', Item }, 'ConditionalCheckFailed'));

    const outcome = await executeWrite(database, plan);

    expect(outcome).toEqual({ replayed: false, item: { writeId: 'mine', total: 12345678901234567890n } });
  });

  it.each([
    ['another failed condition', ['TransactionConflict', 'ConditionalCheckFailed']],
    ['another conflict', ['TransactionConflict', 'TransactionConflict']],
    ['nothing else', ['TransactionConflict', 'None']],
  ])('retries when the guard is in conflict, with %s', async (_, codes) => {
    const { database, http, waitsMs } = await setup();
    http.script(TRANSACTION, cancelTransaction(...codes));

    const outcome = await executeWrite(database, purchase(database));

    expect(outcome).toEqual({ replayed: false });
    expect(waitsMs).toHaveLength(1);
  });

  it('refuses when a condition failed and another action was in conflict', async () => {
    const { database, http } = await setup();
    const actions = [debit(database, 10), { ...debit(database, 1), write: check(database, 'attribute_exists(pk)') }];
    http.script(TRANSACTION, cancelTransaction('None', 'TransactionConflict', 'ConditionalCheckFailed'));

    const write = executeWrite(database, purchase(database, { actions }));

    await expect(write).rejects.toMatchObject({ code: 'WALLET_INSUFFICIENT', details: { required: '1' } });
    expect(http.bodiesOf(TRANSACTION)).toHaveLength(1);
  });

  it.each(['TransactionConflict', 'ProvisionedThroughputExceeded', 'ThrottlingError', 'RequestLimitExceeded'])(
    'retries %s',
    async (code) => {
      const { database, http } = await setup();
      http.script(TRANSACTION, cancelTransaction('None', code));

      await executeWrite(database, purchase(database));

      expect(await readWallet(database)).toBe(90);
      expect(http.bodiesOf(TRANSACTION)).toHaveLength(2);
    },
  );

  it('waits with capped full jitter and ends in CONTENTION', async () => {
    const retry = { maxAttempts: 6, baseDelayMs: 100, maxDelayMs: 500 };
    const draws = [0.5, 0, 0.999, 0.25, 0.999];
    const { database, http, waitsMs } = await setup({ retry, random: () => draws.shift()! });
    http.script(TRANSACTION, ...Array.from({ length: 6 }, () => cancelTransaction('None', 'TransactionConflict')));

    const write = executeWrite(database, purchase(database));

    await expect(write).rejects.toMatchObject({
      code: 'CONTENTION',
      retryable: true,
      details: { attempts: 6 },
      cause: { name: 'TransactionCanceledException' },
    });
    expect(waitsMs).toEqual([50, 0, 399, 125, 499]);
    expect(await readWallet(database)).toBe(100);
  });

  it('ends in CONTENTION when conflicts and throttles alternate within a cancellation', async () => {
    const { database, http } = await setup({ retry: { maxAttempts: 1 } });
    http.script(TRANSACTION, cancelTransaction('TransactionConflict', 'ThrottlingError'));

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'CONTENTION' });
  });

  it('ends in THROTTLED when the only failures were throttles', async () => {
    const { database, http } = await setup({ retry: { maxAttempts: 2 } });
    http.script(
      TRANSACTION,
      cancelTransaction('None', 'ThrottlingError'),
      cancelTransaction('None', 'ProvisionedThroughputExceeded'),
    );

    const write = executeWrite(database, purchase(database));

    await expect(write).rejects.toMatchObject({
      code: 'THROTTLED',
      details: { attempts: 2 },
      cause: { name: 'TransactionCanceledException' },
    });
  });

  it.each([
    ['alone', ['None', 'ValidationError']],
    ['beside a conflict', ['ValidationError', 'TransactionConflict']],
  ])('reports a reason that no repeat can mend, %s', async (_, codes) => {
    const { database, http } = await setup();
    http.script(TRANSACTION, cancelTransaction(...codes));

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({
      code: 'DATABASE_ERROR',
      cause: { name: 'TransactionCanceledException' },
    });
    expect(http.bodiesOf(TRANSACTION)).toHaveLength(1);
  });

  it('ends in CONTENTION when a write of one item meets a transaction every time', async () => {
    const { database, http } = await setup({ retry: { maxAttempts: 2 } });
    http.script('PutItem', answerError('TransactionConflictException'), answerError('TransactionConflictException'));

    const write = executeWrite(database, purchase(database, { actions: [] }));

    await expect(write).rejects.toMatchObject({
      code: 'CONTENTION',
      details: { attempts: 2 },
      cause: { name: 'TransactionConflictException' },
    });
  });

  it('shows what a condition gave for its refusal when that is no error at all', async () => {
    const { database, http } = await setup();
    const actions = [{ ...debit(database, 10), onConditionFailed: () => 'no' as never }];
    http.script(TRANSACTION, refused);

    await expect(executeWrite(database, purchase(database, { actions }))).rejects.toMatchObject({
      message: 'A failed condition has no DomainError.',
      cause: 'no',
    });
  });

  it('reports a cancellation that gives no reasons', async () => {
    const { database, http } = await setup();
    http.script(TRANSACTION, answerError('TransactionCanceledException'));

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'DATABASE_ERROR' });
  });
});

describe('executeWrite before a refusal', () => {
  it('reads a guard whose key the caller named and refuses when nothing is there', async () => {
    const { database, http } = await setup({ available: 1 });

    const write = executeWrite(database, purchase(database));

    await expect(write).rejects.toMatchObject({ code: 'WALLET_INSUFFICIENT' });
    expect(http.bodiesOf(GUARD_READ)).toHaveLength(1);
    expect(await readPurchase(database)).toBeUndefined();
  });

  it('returns the replay when the item is there by then', async () => {
    const { database, http } = await setup({ available: 10 });
    const rival = () => executeWrite(database, purchase(database, { writeId: 'rival' }));
    http.script(TRANSACTION, refused);
    http.script(GUARD_READ, after(rival));

    const outcome = await executeWrite(database, purchase(database));

    expect(outcome).toMatchObject({ replayed: true, item: { writeId: 'rival' } });
  });

  it('reports key reuse when another request is there by then', async () => {
    const { database, http } = await setup();
    const rival = () => executeWrite(database, purchase(database, { hash: 'other' }));
    http.script(TRANSACTION, refused);
    http.script(GUARD_READ, after(rival));

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('tells the guard that no earlier attempt may have been carried out', async () => {
    const { database, http } = await setup();
    const plan = purchase(database);
    const onConditionFailed = jest.fn(() => undefined);
    http.script(TRANSACTION, refused);
    http.script(
      GUARD_READ,
      after(() => putItem(database, { ...purchaseKey('o-1'), writeId: 'rival' })),
    );

    await executeWrite(database, { ...plan, guard: { ...plan.guard, onConditionFailed } });

    expect(onConditionFailed).toHaveBeenCalledWith(expect.objectContaining({ writeId: 'rival' }), false);
  });

  it('reads no guard whose key was drawn for this call', async () => {
    const { database, http } = await setup({ available: 1 });

    const write = executeWrite(database, purchase(database, { clientNamed: false }));

    await expect(write).rejects.toMatchObject({ code: 'WALLET_INSUFFICIENT' });
    expect(http.bodiesOf(GUARD_READ)).toHaveLength(0);
  });

  it('does not refuse when the guard cannot be read', async () => {
    const { database, http } = await setup({ available: 1 });
    http.script(GUARD_READ, answerError('AccessDeniedException'));

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'DATABASE_ERROR' });
  });
});
