import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { sharedErrors } from '@cnop/exceptions';
import { executeWrite, type Database, type ItemWrite, type WritePlan, type WriteRetry } from '@cnop/database-core';
import { after, answerError, conflict, everyCall, loseResponse } from '@cnop/testing';
import { createManualClock } from '@cnop/utils';
import { check, debit, purchase, putItem, readPurchase, readWallet, tokenOf, walletKey } from '../support/purchase.ts';
import { setup } from '../support/setup.ts';

const TRANSACTION = 'TransactWriteItems';
const GUARD_READ = 'TransactGetItems';
const SINGLE = 'PutItem';

describe('executeWrite without faults', () => {
  it('carries out guard and actions in one transaction', async () => {
    const { database, http } = await setup();

    const outcome = await executeWrite(database, purchase(database));

    expect(outcome).toEqual({ replayed: false });
    expect(await readWallet(database)).toBe(90);
    expect(http.bodiesOf(TRANSACTION)).toHaveLength(1);
    expect(http.bodiesOf(GUARD_READ)).toHaveLength(0);
  });

  it('asks every action for the item that its condition failed on', async () => {
    const { database, http } = await setup();

    await executeWrite(database, purchase(database));

    const [body] = http.bodiesOf(TRANSACTION);
    const { TransactItems } = JSON.parse(body!) as { TransactItems: Record<string, Record<string, unknown>>[] };
    const asked = TransactItems.map((item) => Object.values(item)[0]!['ReturnValuesOnConditionCheckFailure']);
    expect(asked).toEqual(['ALL_OLD', 'ALL_OLD']);
  });

  it('turns a failed condition into the error its action names, with the item as it stood', async () => {
    const { database } = await setup({ available: 7 });

    const write = executeWrite(database, purchase(database));

    await expect(write).rejects.toMatchObject({
      code: 'WALLET_INSUFFICIENT',
      details: { available: '7', required: '10' },
    });
    expect(await readPurchase(database)).toBeUndefined();
    expect(await readWallet(database)).toBe(7);
  });

  it('gives an action no item where there was none', async () => {
    const { database } = await setup();
    await database.writer.send(new DeleteCommand({ TableName: database.tableName('things'), Key: walletKey() }));

    const write = executeWrite(database, purchase(database));

    await expect(write).rejects.toMatchObject({ details: { available: '0' } });
  });

  it('reports the first failed action when several failed', async () => {
    const { database } = await setup({ available: 7 });
    const other = { ...debit(database, 8), write: check(database, 'attribute_exists(pk)') };
    const actions = [other, debit(database, 9)];

    const write = executeWrite(database, purchase(database, { actions }));

    await expect(write).rejects.toMatchObject({ details: { required: '8' } });
  });

  it('draws another token for every call', async () => {
    const { database, http } = await setup();

    await executeWrite(database, purchase(database, { id: 'o-1' }));
    await executeWrite(database, purchase(database, { id: 'o-2' }));

    const [first, second] = http.bodiesOf(TRANSACTION).map(tokenOf);
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).not.toBe(first);
  });

  it('answers a repeat under the same key with the item that is there', async () => {
    const { database } = await setup();
    await executeWrite(database, purchase(database, { writeId: 'first' }));

    const outcome = await executeWrite(database, purchase(database, { writeId: 'second' }));

    expect(outcome).toMatchObject({ replayed: true, item: { writeId: 'first' } });
    expect(await readWallet(database)).toBe(90);
  });

  it('lets the guard speak first when the money is spent too', async () => {
    const { database, http } = await setup({ available: 10 });
    await executeWrite(database, purchase(database));

    const outcome = await executeWrite(database, purchase(database));

    expect(outcome.replayed).toBe(true);
    expect(await readWallet(database)).toBe(0);
    expect(http.bodiesOf(TRANSACTION)).toHaveLength(2);
  });

  it("throws the guard's error for another request under the same key, when the money is spent too", async () => {
    const { database } = await setup({ available: 10 });
    await executeWrite(database, purchase(database, { hash: 'one' }));

    const write = executeWrite(database, purchase(database, { hash: 'two' }));

    await expect(write).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('carries out one of 32 racing calls under one key and answers the others with its item', async () => {
    const { database } = await setup();

    const outcomes = await Promise.all(Array.from({ length: 32 }, () => executeWrite(database, purchase(database))));

    expect(outcomes.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await readWallet(database)).toBe(90);
  });

  it('refuses a plan that would write nothing', async () => {
    const { database, http } = await setup();
    const plan = purchase(database, { actions: [] });
    const guard = { ...plan.guard, write: check(database, 'attribute_exists(pk)') };

    await expect(executeWrite(database, { ...plan, guard })).rejects.toThrow('writes nothing');
    await expect(executeWrite(database, { ...plan, guard: { ...guard, write: {} } })).rejects.toThrow(
      'A write is one of',
    );

    expect(http.bodiesOf(TRANSACTION)).toHaveLength(0);
  });
});

describe('executeWrite with a retry of its own', () => {
  /** How many attempts a write makes that meets another one each time, while each wait takes 10 ms. */
  const attemptsOf = async (retry: (startMs: number) => WriteRetry) => {
    const clock = createManualClock('2026-01-05T09:30:00.000Z');
    const sleep = () => Promise.resolve(clock.advance(10));
    const { database, http } = await setup({ clock, sleep });
    http.use(everyCall(conflict(), { target: TRANSACTION }));
    const plan = { ...purchase(database), retry: retry(clock.now().getTime()) };

    await expect(executeWrite(database, plan)).rejects.toMatchObject({ code: 'CONTENTION' });
    return http.bodiesOf(TRANSACTION).length;
  };
  const delays = { baseDelayMs: 20, maxDelayMs: 20 };

  it('goes on until its time is over', async () => {
    await expect(attemptsOf((now) => ({ ...delays, maxAttempts: 1_000, until: now + 200 }))).resolves.toBe(21);
    await expect(attemptsOf((now) => ({ ...delays, maxAttempts: 1_000, until: now + 195 }))).resolves.toBe(21);
    await expect(attemptsOf((now) => ({ ...delays, maxAttempts: 1_000, until: now }))).resolves.toBe(1);
  });

  it('ends with its last attempt all the same', async () => {
    await expect(attemptsOf((now) => ({ ...delays, maxAttempts: 3, until: now + 200 }))).resolves.toBe(3);
  });
});

describe('executeWrite of a single action', () => {
  const single = (write: ItemWrite): WritePlan => ({
    operation: 'touch',
    guard: {
      write,
      writeId: 'mine',
      onConditionFailed: (old, earlierAttemptUnknown) =>
        new sharedErrors.VersionConflictError({
          resource: String(old?.['writeId']),
          expectedVersion: earlierAttemptUnknown ? 1 : 0,
        }),
    },
  });
  const update = (database: Database): ItemWrite => ({
    Update: {
      TableName: database.tableName('things'),
      Key: walletKey(),
      UpdateExpression: 'SET version = :next, writeId = :writeId',
      ConditionExpression: 'attribute_not_exists(version) OR version = :expected',
      ExpressionAttributeValues: { ':next': 2, ':expected': 1, ':writeId': 'mine' },
    },
  });

  it('puts plainly', async () => {
    const { database, http } = await setup();
    const plan = purchase(database, { actions: [], writeId: 'mine' });

    const outcome = await executeWrite(database, plan);

    expect(outcome).toEqual({ replayed: false, item: plan.guard.write.Put!.Item });
    expect(http.bodiesOf(TRANSACTION)).toHaveLength(0);
    expect(await readPurchase(database)).toEqual(plan.guard.write.Put!.Item);
  });

  it('updates plainly and gives back the item as it is now', async () => {
    const { database, http } = await setup();

    const outcome = await executeWrite(database, single(update(database)));

    expect(outcome).toEqual({ replayed: false, item: { ...walletKey(), available: 100, version: 2, writeId: 'mine' } });
    expect(http.bodiesOf(TRANSACTION)).toHaveLength(0);
  });

  it('deletes plainly', async () => {
    const { database, http } = await setup();
    const write = { Delete: { TableName: database.tableName('things'), Key: walletKey() } };

    const outcome = await executeWrite(database, single(write));

    expect(outcome).toEqual({ replayed: false });
    expect(await readWallet(database)).toBeUndefined();
    expect(http.bodiesOf(TRANSACTION)).toHaveLength(0);
  });

  it('lets the guard judge a delete whose item is gone', async () => {
    const { database, http } = await setup();
    const ConditionExpression = 'attribute_exists(pk)';
    const write = { Delete: { TableName: database.tableName('things'), Key: walletKey(), ConditionExpression } };
    http.script('DeleteItem', loseResponse());

    const outcome = executeWrite(database, single(write));

    await expect(outcome).rejects.toMatchObject({ details: { resource: 'undefined', expectedVersion: 1 } });
  });

  it('shows the guard the item its condition failed on', async () => {
    const { database } = await setup();
    await putItem(database, { ...walletKey(), version: 5, writeId: 'theirs' });

    const write = executeWrite(database, single(update(database)));

    await expect(write).rejects.toMatchObject({ details: { resource: 'theirs', expectedVersion: 0 } });
  });

  it('knows its own earlier attempt by the writeId', async () => {
    const { database, http } = await setup();
    http.script('UpdateItem', loseResponse());

    const outcome = await executeWrite(database, single(update(database)));

    expect(outcome).toMatchObject({ replayed: false, item: { version: 2, writeId: 'mine' } });
    expect(http.bodiesOf('UpdateItem')).toHaveLength(2);
  });

  it('tells the guard when an earlier attempt may have been carried out and overwritten', async () => {
    const { database, http } = await setup();
    const overwrite = () => putItem(database, { ...walletKey(), version: 3, writeId: 'theirs' });
    http.script('UpdateItem', loseResponse(), after(overwrite));

    const write = executeWrite(database, single(update(database)));

    await expect(write).rejects.toMatchObject({ details: { resource: 'theirs', expectedVersion: 1 } });
  });

  it('retries a conflict', async () => {
    const { database, http } = await setup();
    http.script(SINGLE, answerError('TransactionConflictException'));

    const outcome = await executeWrite(database, purchase(database, { actions: [] }));

    expect(outcome.replayed).toBe(false);
    expect(http.bodiesOf(SINGLE)).toHaveLength(2 + 1);
  });
});
