import { sharedErrors } from '@cnop/exceptions';
import { executeWrite } from '@cnop/database-core';
import { answerError, loseRequest, refuseConnection } from '@cnop/testing';
import { purchase, purchaseKey, readWallet } from '../support/purchase.ts';
import { setup } from '../support/setup.ts';
import { openTestDatabase } from '../support/test-database.ts';

const TRANSACTION = 'TransactWriteItems';
const GUARD_READ = 'TransactGetItems';

describe('executeWrite when attempts certainly failed', () => {
  it('is DATABASE_ERROR at once when access is denied', async () => {
    const { database, http } = await setup();
    http.script(TRANSACTION, answerError('AccessDeniedException'));

    const write = executeWrite(database, purchase(database));

    await expect(write).rejects.toMatchObject({ code: 'DATABASE_ERROR', cause: { name: 'AccessDeniedException' } });
    expect(http.bodiesOf(TRANSACTION)).toHaveLength(1);
    expect(http.bodiesOf(GUARD_READ)).toHaveLength(0);
  });

  it('is DATABASE_UNAVAILABLE when nobody listens', async () => {
    const { database, http } = await setup({ retry: { maxAttempts: 3 } });
    http.script(TRANSACTION, refuseConnection(), refuseConnection(), refuseConnection());

    const write = executeWrite(database, purchase(database));

    await expect(write).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE', retryable: true });
    expect(http.bodiesOf(TRANSACTION)).toHaveLength(3);
  });

  it('is THROTTLED when every attempt is throttled', async () => {
    const { database, http } = await setup({ retry: { maxAttempts: 2 } });
    http.script(TRANSACTION, answerError('ThrottlingException'), answerError('ProvisionedThroughputExceededException'));

    const write = executeWrite(database, purchase(database));

    await expect(write).rejects.toMatchObject({ code: 'THROTTLED', details: { attempts: 2 } });
  });

  it('retries with credentials that have expired', async () => {
    const { database, http } = await setup();
    http.script(TRANSACTION, answerError('ExpiredTokenException'));

    await executeWrite(database, purchase(database));

    expect(http.bodiesOf(TRANSACTION)).toHaveLength(2);
  });

  it('asks again for credentials whose own source says that they have expired', async () => {
    const failures: Error[] = [];
    const credentials = async () => {
      const failure = failures.pop();
      if (failure) throw failure;
      return { accessKeyId: 'local', secretAccessKey: 'local', expiration: new Date(0) };
    };
    const { database, http } = await setup({ credentials });
    failures.push(Object.assign(new Error('The session is over.'), { name: 'ExpiredToken' }));

    await executeWrite(database, purchase(database));

    expect(failures).toEqual([]);
    expect(http.bodiesOf(TRANSACTION)).toHaveLength(1);
  });

  it('is DATABASE_ERROR when credentials stay expired', async () => {
    const { database, http } = await setup({ retry: { maxAttempts: 2 } });
    http.script(TRANSACTION, answerError('ExpiredTokenException'), answerError('ExpiredTokenException'));

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'DATABASE_ERROR' });
  });

  it('passes on the DomainError of a credentials provider', async () => {
    const credentials = async () => {
      throw new sharedErrors.CredentialsUnavailableError({ roleArn: 'arn:aws:iam::1:role/r' });
    };
    const { database } = openTestDatabase({ credentials });

    const write = executeWrite(database, purchase(database));

    await expect(write).rejects.toMatchObject({ code: 'CREDENTIALS_UNAVAILABLE' });
  });

  it('is certain that nothing was written when the credentials were not to be had', async () => {
    const credentials = async () => {
      throw Object.assign(new Error('No answer.'), { name: 'TimeoutError' });
    };
    const { database, http } = openTestDatabase({ credentials });

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'DATABASE_ERROR' });
    expect(http.calls).toHaveLength(0);
  });

  it('is certain that nothing was written when an item cannot be stored', async () => {
    const { database, http } = await setup();
    const plan = purchase(database, { actions: [] });
    const Put = { ...plan.guard.write.Put!, Item: { ...purchaseKey('o-1'), total: Symbol('not storable') } };

    const write = executeWrite(database, { ...plan, guard: { ...plan.guard, write: { Put } } });

    await expect(write).rejects.toMatchObject({ code: 'DATABASE_ERROR', cause: expect.any(Error) as Error });
    expect(http.bodiesOf(GUARD_READ)).toHaveLength(0);
  });
});

describe('retries of the AWS SDK', () => {
  it('are off for writes', async () => {
    const { database, http } = await setup();
    http.script(TRANSACTION, answerError('InternalServerError', { status: 500 }));

    await executeWrite(database, purchase(database));

    const [, , ...more] = http.bodiesOf(TRANSACTION);
    expect(more).toEqual([]);
  });

  it('are on for reads', async () => {
    const { database, http } = await setup({ retry: { baseDelayMs: 1, maxDelayMs: 1 } });
    http.script(
      'GetItem',
      answerError('InternalServerError', { status: 500 }),
      answerError('ProvisionedThroughputExceededException'),
      loseRequest(),
    );

    expect(await readWallet(database)).toBe(100);
    expect(http.bodiesOf('GetItem')).toHaveLength(4);
  });
});
