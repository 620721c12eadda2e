import { executeWrite, type ItemWrite } from '@cnop/database-core';
import {
  after,
  answerError,
  cancelTransaction,
  internalServerError,
  landLate,
  loseRequest,
  loseResponse,
  refuseConnection,
  transactionInProgress,
} from '@cnop/testing';
import {
  check,
  debit,
  purchase,
  purchaseKey,
  putItem,
  readPurchase,
  readWallet,
  refused,
  tokenOf,
} from '../support/purchase.ts';
import { setup } from '../support/setup.ts';

const TRANSACTION = 'TransactWriteItems';
const GUARD_READ = 'TransactGetItems';
const SINGLE = 'PutItem';

describe('executeWrite when the outcome of an attempt is unknown', () => {
  const faults = {
    'a lost request': loseRequest(),
    'a lost response': loseResponse(),
    'an internal server error': internalServerError(),
    'an unavailable service': answerError('ServiceUnavailable'),
    'an attempt still in progress': transactionInProgress(),
  };

  it.each([new Error('A bug.'), undefined])(
    'stores no fence for a refusal that is no DomainError: %p',
    async (refusal) => {
      const { database, http } = await setup();
      http.script(TRANSACTION, loseRequest(), refused);
      const actions = [{ ...debit(database, 10), onConditionFailed: () => refusal as never }];

      const write = executeWrite(database, purchase(database, { actions }));

      await expect(write).rejects.toThrow(refusal ?? 'A failed condition has no DomainError.');
      expect(http.bodiesOf(SINGLE).filter((body) => body.includes('ORDER#o-1'))).toEqual([]);
      expect(await readPurchase(database)).toBeUndefined();
    },
  );

  it.each(Object.keys(faults) as (keyof typeof faults)[])('resends the identical request after %s', async (fault) => {
    const { database, http } = await setup();
    http.script(TRANSACTION, faults[fault]);

    const outcome = await executeWrite(database, purchase(database));

    const [first, second, ...more] = http.bodiesOf(TRANSACTION);
    expect(outcome.replayed).toBe(false);
    expect(second).toBe(first);
    expect(tokenOf(first!)).toBeDefined();
    expect(more).toEqual([]);
    expect(await readWallet(database)).toBe(90);
  });

  it('takes effect once when the first attempt arrives after the second', async () => {
    const { database, http } = await setup();
    const late = landLate();
    http.script(TRANSACTION, late);

    await executeWrite(database, purchase(database));
    await late.release();

    expect(await readWallet(database)).toBe(90);
  });

  it('recognises its own success when the token was forgotten meanwhile', async () => {
    const { database, http } = await setup();
    const Item = { writeId: { S: 'mine' } };
    const cancelled = cancelTransaction({ Code: 'ConditionalCheckFailed', Item }, 'ConditionalCheckFailed');
    http.script(TRANSACTION, loseResponse(), cancelled);

    const outcome = await executeWrite(database, purchase(database, { writeId: 'mine' }));

    expect(outcome.replayed).toBe(false);
  });

  it('writes the fence before it reports a refusal, so that a late attempt finds it', async () => {
    const { database, http } = await setup();
    const late = landLate();
    http.script(TRANSACTION, late, refused);

    const write = executeWrite(database, purchase(database, { writeId: 'mine' }));

    await expect(write).rejects.toMatchObject({ code: 'WALLET_INSUFFICIENT', details: { available: '1' } });
    expect(await readPurchase(database)).toMatchObject({
      status: 'FAILED',
      failureCode: 'WALLET_INSUFFICIENT',
      writeId: 'fence-mine',
    });
    await late.release();
    expect(http.calls.find(({ fault }) => fault === late.name)).toMatchObject({ statusCode: 400 });
    expect(await readWallet(database)).toBe(100);
  });

  it('reports its success when the late attempt arrives before the fence', async () => {
    const { database, http } = await setup();
    const late = landLate();
    http.script(TRANSACTION, late, refused);
    http.script(SINGLE, after(late.release));

    const outcome = await executeWrite(database, purchase(database, { writeId: 'mine' }));

    expect(outcome).toMatchObject({ replayed: false, item: { status: 'COMPLETED', writeId: 'mine' } });
    expect(await readWallet(database)).toBe(90);
  });

  it('reports its success when the late attempt is in flight while the fence is written', async () => {
    const { database, http } = await setup();
    const late = landLate();
    http.script(TRANSACTION, late, refused);
    http.script(SINGLE, answerError('TransactionConflictException'), after(late.release));

    const outcome = await executeWrite(database, purchase(database));

    expect(outcome.replayed).toBe(false);
    expect(await readWallet(database)).toBe(90);
  });

  it('returns the replay when another call has taken the key before the fence', async () => {
    const { database, http } = await setup();
    const rival = () => executeWrite(database, purchase(database, { writeId: 'rival' }));
    http.script(TRANSACTION, loseRequest(), refused);
    http.script(SINGLE, after(rival));

    const outcome = await executeWrite(database, purchase(database));

    expect(outcome).toMatchObject({ replayed: true, item: { writeId: 'rival' } });
  });

  it('reports key reuse when another request has taken the key before the fence', async () => {
    const { database, http } = await setup();
    const rival = () => executeWrite(database, purchase(database, { hash: 'other' }));
    http.script(TRANSACTION, loseRequest(), refused);
    http.script(SINGLE, after(rival));

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('tells the guard, before the fence as elsewhere, that an earlier attempt may have been carried out', async () => {
    const { database, http } = await setup();
    const plan = purchase(database);
    const onConditionFailed = jest.fn(() => undefined);
    http.script(TRANSACTION, loseRequest(), refused);
    http.script(
      SINGLE,
      after(() => putItem(database, { ...purchaseKey('o-1'), writeId: 'rival' })),
    );

    await executeWrite(database, { ...plan, guard: { ...plan.guard, onConditionFailed } });

    expect(onConditionFailed).toHaveBeenCalledWith(expect.objectContaining({ writeId: 'rival' }), true);
  });

  it('reports the refusal when the answer to the fence was lost but the fence stands', async () => {
    const { database, http } = await setup();
    http.script(TRANSACTION, loseRequest(), refused);
    http.script(SINGLE, loseResponse());

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'WALLET_INSUFFICIENT' });
    expect(await readPurchase(database)).toMatchObject({ status: 'FAILED' });
  });

  it.each([
    ['is denied', answerError('AccessDeniedException')],
    ['is lost every time', loseRequest()],
    ['is throttled every time', answerError('ProvisionedThroughputExceededException')],
  ])('ends in OUTCOME_UNKNOWN when the fence %s', async (_, fault) => {
    const { database, http } = await setup({ retry: { maxAttempts: 3 } });
    http.script(TRANSACTION, loseRequest(), refused);
    http.script(SINGLE, fault, fault, fault);

    const write = executeWrite(database, purchase(database));

    await expect(write).rejects.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      retryable: true,
      details: { operation: 'purchase', orderId: 'o-1' },
    });
  });

  it('ends in OUTCOME_UNKNOWN when it is refused and there is no fence', async () => {
    const { database, http } = await setup();
    http.script(TRANSACTION, loseRequest(), refused);

    const write = executeWrite(database, purchase(database, { fenced: false }));

    await expect(write).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(await readPurchase(database)).toBeUndefined();
  });

  it('reports its success when there is no fence but the late attempt has arrived', async () => {
    const { database, http } = await setup();
    const late = landLate();
    http.script(TRANSACTION, late, refused);
    http.script(GUARD_READ, after(late.release));

    const outcome = await executeWrite(database, purchase(database, { fenced: false, writeId: 'mine' }));

    expect(outcome).toMatchObject({ replayed: false, item: { writeId: 'mine' } });
  });

  it('fences when another action was in conflict with the refusal', async () => {
    const { database, http } = await setup();
    const actions = [debit(database, 10), { ...debit(database, 1), write: check(database, 'attribute_exists(pk)') }];
    http.script(TRANSACTION, loseRequest(), cancelTransaction('None', 'ConditionalCheckFailed', 'TransactionConflict'));

    const write = executeWrite(database, purchase(database, { actions }));

    await expect(write).rejects.toMatchObject({ code: 'WALLET_INSUFFICIENT' });
    expect(await readPurchase(database)).toMatchObject({ status: 'FAILED' });
  });

  it('ends in OUTCOME_UNKNOWN when no attempt is answered', async () => {
    const { database, http } = await setup({ retry: { maxAttempts: 3 } });
    http.script(TRANSACTION, loseRequest(), loseRequest(), loseRequest());

    const write = executeWrite(database, purchase(database));

    await expect(write).rejects.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      retryable: true,
      details: { operation: 'purchase', orderId: 'o-1' },
      cause: expect.any(Error) as Error,
    });
    expect(http.bodiesOf(TRANSACTION)).toHaveLength(3);
  });

  it('reports its success when no attempt is answered but the guard shows it', async () => {
    const { database, http } = await setup({ retry: { maxAttempts: 2 } });
    http.script(TRANSACTION, loseRequest(), loseResponse());

    const outcome = await executeWrite(database, purchase(database, { writeId: 'mine' }));

    expect(outcome).toMatchObject({ replayed: false, item: { writeId: 'mine' } });
  });

  describe.each([
    ['an update', 'Update', { UpdateExpression: 'SET writeId = :w' }],
    ['a delete that failed', 'Delete', { ConditionExpression: 'writeId = :w' }],
    ['a condition check', 'ConditionCheck', { ConditionExpression: 'writeId = :w' }],
  ] as const)('when the guard is %s', (_, kind, expressions) => {
    it('looks under its key for the own write', async () => {
      const { database, http } = await setup({ retry: { maxAttempts: 1 } });
      const plan = purchase(database, { writeId: 'mine', actions: [debit(database, 10)] });
      const key = purchaseKey('o-1');
      const named = { TableName: database.tableName('things'), Key: key, ...expressions };
      const write: ItemWrite = { [kind]: { ...named, ExpressionAttributeValues: { ':w': 'mine' } } };
      await putItem(database, { ...key, writeId: 'mine' });
      http.script(TRANSACTION, loseRequest());

      const outcome = await executeWrite(database, { ...plan, guard: { ...plan.guard, write } });

      expect(outcome).toEqual({ replayed: false, item: { ...key, writeId: 'mine' } });
    });
  });

  it.each([
    ['is another call of the same request: its replay', 'hash', { replayed: true, item: { writeId: 'rival' } }],
    ['is of another request: key reuse', 'other', { code: 'IDEMPOTENCY_KEY_REUSED' }],
  ])('ends, when no attempt is answered but what has taken the key %s', async (_, hash, end) => {
    const { database, http } = await setup({ retry: { maxAttempts: 1 } });
    const rival = () => executeWrite(database, purchase(database, { writeId: 'rival', hash }));
    http.script(TRANSACTION, loseRequest());
    http.script(GUARD_READ, after(rival));

    expect(await executeWrite(database, purchase(database)).catch((error: unknown) => error)).toMatchObject(end);
  });

  it('tells the guard, when no attempt is answered, that an earlier one may have been carried out', async () => {
    const { database, http } = await setup({ retry: { maxAttempts: 1 } });
    const plan = purchase(database);
    const onConditionFailed = jest.fn(() => undefined);
    http.script(TRANSACTION, loseRequest());
    http.script(
      GUARD_READ,
      after(() => putItem(database, { ...purchaseKey('o-1'), writeId: 'rival' })),
    );

    await executeWrite(database, { ...plan, guard: { ...plan.guard, onConditionFailed } });

    expect(onConditionFailed).toHaveBeenCalledWith(expect.objectContaining({ writeId: 'rival' }), true);
  });

  it("does not take another call's item for its success when no caller named the key", async () => {
    const { database, http } = await setup({ retry: { maxAttempts: 1 } });
    const rival = () => executeWrite(database, purchase(database, { writeId: 'rival' }));
    http.script(TRANSACTION, loseRequest());
    http.script(GUARD_READ, after(rival));

    await expect(executeWrite(database, purchase(database, { clientNamed: false }))).rejects.toMatchObject({
      code: 'OUTCOME_UNKNOWN',
    });
  });

  it('ends in OUTCOME_UNKNOWN when the guard cannot be read either', async () => {
    const { database, http } = await setup({ retry: { maxAttempts: 1 } });
    http.script(TRANSACTION, loseResponse());
    http.script(GUARD_READ, answerError('AccessDeniedException'));

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
  });

  it.each([
    ['conflicts', cancelTransaction('None', 'TransactionConflict')],
    ['throttling', answerError('ProvisionedThroughputExceededException')],
    ['refused connections', refuseConnection()],
  ])('stays OUTCOME_UNKNOWN when %s use up the later attempts', async (_, fault) => {
    const { database, http } = await setup({ retry: { maxAttempts: 3 } });
    http.script(TRANSACTION, loseRequest(), fault, fault);

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
  });

  it('is OUTCOME_UNKNOWN when a later attempt is denied', async () => {
    const { database, http } = await setup();
    http.script(TRANSACTION, loseRequest(), answerError('AccessDeniedException'));

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(http.bodiesOf(TRANSACTION)).toHaveLength(2);
  });

  it('needs no fence when the guard itself refuses', async () => {
    const { database, http } = await setup();
    const rival = () => executeWrite(database, purchase(database, { hash: 'other' }));
    http.script(TRANSACTION, loseRequest(), after(rival));

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(await readPurchase(database)).toMatchObject({ hash: 'other' });
  });
});
