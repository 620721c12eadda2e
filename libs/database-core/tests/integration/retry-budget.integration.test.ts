import { executeWrite } from '@cnop/database-core';
import {
  cancelTransaction,
  conflict,
  everyCall,
  firstOf,
  landLate,
  nthCall,
  refuseConnection,
  runParallel,
  throttle,
} from '@cnop/testing';
import { purchase, readWallet } from '../support/purchase.ts';
import { setup } from '../support/setup.ts';

const TRANSACTION = 'TransactWriteItems';
const throttled = everyCall(throttle(), { target: TRANSACTION });

describe('The retry budget of a database', () => {
  it('bounds what 100 calls send to a table that is throttled', async () => {
    const { database, http } = await setup();
    http.use(throttled);

    const { codes } = await runParallel(100, (index) =>
      executeWrite(database, purchase(database, { id: `o-${index}` })),
    );

    expect(codes).toEqual(Array.from({ length: 100 }, () => 'THROTTLED'));
    expect(http.bodiesOf(TRANSACTION)).toHaveLength(200);
    expect(http.bodiesOf('TransactGetItems')).toEqual([]);
  });

  it('is filled again by what is refused, too', async () => {
    const { database, http } = await setup({ retryTokens: 5 });
    http.script(TRANSACTION, throttle());
    await expect(executeWrite(database, purchase(database, { cost: 1_000 }))).rejects.toMatchObject({
      code: 'WALLET_INSUFFICIENT',
    });
    http.script(TRANSACTION, throttle());

    await expect(executeWrite(database, purchase(database))).resolves.toEqual({ replayed: false });
  });

  it('names the cause where nothing is left: a database that cannot be reached', async () => {
    const { database, http } = await setup({ retryTokens: 4 });
    http.script(TRANSACTION, refuseConnection());

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  });

  it('is filled again by what succeeds', async () => {
    const { database, http } = await setup({ retryTokens: 5, available: 1_000 });
    http.use(throttled);
    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'THROTTLED' });
    http.heal();
    for (let index = 1; index <= 5; index += 1)
      await executeWrite(database, purchase(database, { id: `paid-${index}` }));
    http.script(TRANSACTION, throttle());

    await expect(executeWrite(database, purchase(database))).resolves.toEqual({ replayed: false });
  });

  it('is never fuller than at first', async () => {
    const { database, http } = await setup({ retryTokens: 5, available: 1_000 });
    for (let index = 1; index <= 10; index += 1)
      await executeWrite(database, purchase(database, { id: `paid-${index}` }));
    http.use(throttled);

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'THROTTLED' });
    expect(http.bodiesOf(TRANSACTION)).toHaveLength(10 + 2);
  });

  it('pays for a throttle that comes with a conflict', async () => {
    const { database, http } = await setup({ retryTokens: 4 });
    http.script(TRANSACTION, cancelTransaction('TransactionConflict', 'ThrottlingError'));

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'CONTENTION' });
    expect(http.bodiesOf(TRANSACTION)).toHaveLength(1);
  });

  it.each([
    ['guard', ['ThrottlingError', 'None']],
    ['action', ['None', 'ThrottlingError']],
  ])('gets nothing back from an attempt whose %s is throttled', async (_, codes) => {
    const { database, http } = await setup({ retryTokens: 5 });
    const cancelled = cancelTransaction(...codes);
    http.script(TRANSACTION, cancelled, cancelled);

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({
      code: 'THROTTLED',
      details: { attempts: 2 },
    });
  });

  it('asks nothing of a conflict', async () => {
    const { database, http } = await setup({ retryTokens: 5 });
    http.script(TRANSACTION, ...Array.from({ length: 8 }, () => conflict()), throttle());

    await expect(executeWrite(database, purchase(database))).resolves.toEqual({ replayed: false });
  });

  it('never calls refused what may have been carried out', async () => {
    const { database, http } = await setup({ retryTokens: 4 });
    const late = landLate();
    http.script(TRANSACTION, late);

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    await late.release();
    await expect(readWallet(database)).resolves.toBe(90);
  });

  it('does not keep a fence from standing', async () => {
    const { database, http } = await setup({ retryTokens: 5, available: 1 });
    const plan = firstOf(
      nthCall(1, landLate(), { target: TRANSACTION }),
      nthCall(1, throttle(), { target: 'PutItem' }),
    );
    http.use(plan);

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'WALLET_INSUFFICIENT' });
    expect(http.bodiesOf('PutItem').filter((body) => body.includes('FAILED'))).toHaveLength(2);
  });

  it('is told when it makes no sense', async () => {
    await expect(setup({ retryTokens: 0 })).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      details: { settings: [{ setting: 'retryTokens' }] },
    });
  });
});
