import { executeWrite, readItem, readTransaction, type Database, type DatabaseOptions } from '@cnop/database-core';
import { sharedErrors } from '@cnop/exceptions';
import { answerError, createFaultInjector, everyCall, throttle, type SdkRequest } from '@cnop/testing';
import { purchase, purchaseKey, readPurchase } from '../support/purchase.ts';
import { setup } from '../support/setup.ts';
import { openTestDatabase } from '../support/test-database.ts';

interface Provider {
  /** Gives the keys of this call, the first being 1. */
  readonly give?: (call: number) => Promise<string>;
  readonly options?: Partial<DatabaseOptions>;
}

/** A database whose keys have expired if they are OLD, on tables that are there; and what was asked and sent. */
async function openWithKeys({ give = async (call) => (call === 1 ? 'OLD' : `NEW${call}`), options }: Provider = {}) {
  const { database: owner } = await setup();
  const asked: boolean[] = [];
  const sent: string[] = [];
  const working = createFaultInjector();
  const refusing = createFaultInjector({ plan: everyCall(answerError('ExpiredTokenException')) });
  const { database } = openTestDatabase({
    tables: { things: owner.tableName('things') },
    credentials: async (request) => {
      asked.push(request?.['forceRefresh'] === true);
      return { accessKeyId: await give(asked.length), secretAccessKey: 'secret' };
    },
    requestHandler: {
      metadata: working.metadata,
      handle: (request: SdkRequest) => {
        const key = /Credential=(\w+)/.exec(request.headers['authorization'] ?? '')?.[1] ?? '';
        sent.push(key);
        return (key === 'OLD' ? refusing : working).handle(request);
      },
    } as DatabaseOptions['requestHandler'],
    ...options,
  });

  return { database, asked, sent };
}

const readings = {
  readItem: (database: Database) =>
    readItem(database, { tableName: database.tableName('things'), key: purchaseKey('o-1') }),
  readTransaction: (database: Database) =>
    readTransaction(database, [{ tableName: database.tableName('things'), key: purchaseKey('o-1') }]),
};

describe('keys that DynamoDB calls expired', () => {
  it('are dropped, and the same write is sent again with others', async () => {
    const { database, asked, sent } = await openWithKeys();

    await expect(executeWrite(database, purchase(database))).resolves.toEqual({ replayed: false });

    expect(asked).toEqual([false, true]);
    expect(sent).toEqual(['OLD', 'NEW2']);
    await expect(readPurchase(database)).resolves.toMatchObject({ status: 'COMPLETED' });
  });

  it.each(['readItem', 'readTransaction'] as const)(
    'are dropped for %s too, and those of writes with them',
    async (reading) => {
      const { database, asked, sent } = await openWithKeys();

      await readings[reading](database);
      await executeWrite(database, purchase(database));

      expect(asked).toEqual([false, true]);
      expect(sent).toEqual(['OLD', 'NEW2', 'NEW2']);
    },
  );

  it('are asked for anew once, whatever was sent with them', async () => {
    const { database, asked, sent } = await openWithKeys();
    const plans = Array.from({ length: 10 }, (_, index) => purchase(database, { id: `o-${index}`, cost: 1 }));

    await Promise.all([...plans.map((plan) => executeWrite(database, plan)), readings.readItem(database)]);

    expect(asked).toEqual([false, true]);
    expect(sent.filter((key) => key === 'OLD')).toHaveLength(11);
    expect(sent.filter((key) => key === 'NEW2')).toHaveLength(11);
  });

  it('are given up as a certain failure when there are no better ones', async () => {
    const { database, sent } = await openWithKeys({ give: async () => 'OLD' });
    const refusal = { code: 'DATABASE_ERROR', details: { reason: 'CREDENTIALS_REFUSED' } };

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject(refusal);
    expect(sent).toEqual(['OLD', 'OLD']);
    await expect(readings.readItem(database)).rejects.toMatchObject(refusal);
    expect(sent).toHaveLength(4);
  });

  it('make the failure to get others known', async () => {
    const give = async (call: number) => {
      if (call > 1) throw new sharedErrors.CredentialsUnavailableError({ roleArn: 'arn:aws:iam::1:role/r' });
      return 'OLD';
    };
    const { database, sent } = await openWithKeys({ give });

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'CREDENTIALS_UNAVAILABLE' });
    await expect(readings.readItem(database)).rejects.toMatchObject({ code: 'CREDENTIALS_UNAVAILABLE' });
    expect(sent).toEqual(['OLD', 'OLD']);
  });

  it('leave a write certain whose provider fails by the network meanwhile', async () => {
    const give = async (call: number) => {
      if (call > 1) throw Object.assign(new Error('No answer.'), { name: 'TimeoutError' });
      return 'OLD';
    };
    const { database } = await openWithKeys({ give });

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({
      code: 'DATABASE_ERROR',
      details: { reason: 'CREDENTIALS_UNAVAILABLE' },
    });
  });

  it('end a write only where they have expired before, not what else fails before and after', async () => {
    const { database, http } = await setup();
    const target = 'TransactWriteItems';
    http.script(target, throttle(), answerError('ExpiredTokenException'), throttle());

    await expect(executeWrite(database, purchase(database))).resolves.toEqual({ replayed: false });
    expect(http.bodiesOf(target)).toHaveLength(4);
  });

  it('cost nothing of what the retries of a database share', async () => {
    const { database } = await openWithKeys({ options: { retryTokens: 1 } });

    await expect(executeWrite(database, purchase(database))).resolves.toEqual({ replayed: false });
  });
});
