import {
  executeWrite,
  observeDatabase,
  readItem,
  readItems,
  readTransaction,
  type Database,
  type ObservedRequest,
  type ObservedRetry,
  type RequestEnd,
} from '@cnop/database-core';
import { answerError, answerWith, cancelTransaction, conflict, loseResponse, refuseConnection } from '@cnop/testing';
import { debit, purchase, refused, walletKey } from '../support/purchase.ts';
import { setup } from '../support/setup.ts';

interface Seen {
  readonly requests: (ObservedRequest & Partial<RequestEnd>)[];
  readonly retries: ObservedRetry[];
  stop(): void;
}

/** Notes all that an observer is told. */
function observe(database: Database): Seen {
  const requests: Seen['requests'] = [];
  const retries: ObservedRetry[] = [];
  const stop = observeDatabase(database, {
    onRequest: (request) => {
      const index = requests.push(request) - 1;
      return (end) => (requests[index] = { ...request, ...end });
    },
    onRetry: (retry) => retries.push(retry),
  });

  return { requests, retries, stop };
}

const wallet = (database: Database) => ({ tableName: database.tableName('things'), key: walletKey() });

describe(observeDatabase, () => {
  it('tells of every kind of request with its table and its time', async () => {
    const { database } = await setup();
    const seen = observe(database);

    await executeWrite(database, purchase(database));
    await executeWrite(database, purchase(database, { id: 'o-2', actions: [] }));
    await readItem(database, wallet(database));
    await readItems(database, { tableName: wallet(database).tableName, keys: [walletKey()] });
    await readTransaction(database, [wallet(database)]);

    const tableNames = [database.tableName('things')];
    expect(seen.requests).toEqual(
      ['TransactWriteItems', 'PutItem', 'GetItem', 'BatchGetItem', 'TransactGetItems'].map((operation) => ({
        operation,
        tableNames,
        outcome: 'ok',
        durationMs: expect.any(Number) as number,
        clockOffsetMs: expect.any(Number) as number,
      })),
    );
    expect(seen.requests.every(({ durationMs = -1 }) => durationMs >= 0)).toBe(true);
    expect(seen.retries).toEqual([]);
  });

  it.each([
    ['conflict', conflict()],
    ['condition-failed', refused],
    ['throttled', cancelTransaction('None', 'ThrottlingError')],
    ['refused', cancelTransaction('None', 'ValidationError')],
    ['unknown', loseResponse()],
    ['unreachable', refuseConnection()],
    ['in-progress', answerError('TransactionInProgressException')],
    ['refused', answerError('AccessDeniedException')],
  ] as const)('calls the first answer %s, and keeps its error', async (outcome, fault) => {
    const { database, http } = await setup();
    http.script('TransactWriteItems', fault);
    const seen = observe(database);

    await executeWrite(database, purchase(database)).catch(() => undefined);

    expect(seen.requests[0]).toMatchObject({ outcome, error: expect.any(Error) as Error });
  });

  it('tells why a write is sent again, by the name of its operation', async () => {
    const { database, http } = await setup();
    http.script('TransactWriteItems', conflict(), loseResponse());
    const seen = observe(database);

    await executeWrite(database, purchase(database));

    expect(seen.retries).toEqual([
      { operation: 'purchase', attempt: 1, reason: 'conflict' },
      { operation: 'purchase', attempt: 2, reason: 'unknown' },
    ]);
    expect(seen.requests).toHaveLength(3);
  });

  it('tells why the SDK sends a read again', async () => {
    const { database, http } = await setup({ retry: { baseDelayMs: 1, maxDelayMs: 1 } });
    http.script('GetItem', refuseConnection(), answerError('ProvisionedThroughputExceededException'));
    const seen = observe(database);

    await readItem(database, wallet(database));

    expect(seen.retries).toEqual([
      { operation: 'GetItem', attempt: 1, reason: 'unreachable' },
      { operation: 'GetItem', attempt: 2, reason: 'throttled' },
    ]);
  });

  it('tells of keys that are asked for again', async () => {
    const { database, http } = await setup();
    const { tableName } = wallet(database);
    const Keys = [{ pk: { S: walletKey().pk }, sk: { S: walletKey().sk } }];
    http.script('BatchGetItem', answerWith({ Responses: {}, UnprocessedKeys: { [tableName]: { Keys } } }));
    const seen = observe(database);

    await readItems(database, { tableName, keys: [walletKey()] });

    expect(seen.retries).toEqual([{ operation: 'BatchGetItem', attempt: 1, reason: 'throttled' }]);
  });

  it('tells several observers, each until it stops', async () => {
    const { database, http } = await setup();
    const first = observe(database);
    const second = observe(database);

    first.stop();
    http.script('TransactWriteItems', conflict());
    await executeWrite(database, purchase(database));
    second.stop();
    await readItem(database, wallet(database));

    expect(first.requests).toEqual([]);
    expect(first.retries).toEqual([]);
    expect(second.requests).toHaveLength(2);
    expect(second.retries).toHaveLength(1);
  });

  it('makes of what an observer throws a warning, and fails no request for it', async () => {
    const { database, http } = await setup();
    http.script('TransactWriteItems', conflict());
    const warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
    const broken = () => {
      throw new Error('No more counters.');
    };
    observeDatabase(database, { onRequest: () => broken, onRetry: broken });
    observeDatabase(database, { onRequest: broken });

    const { replayed } = await executeWrite(database, purchase(database, { actions: [debit(database, 1)] }));

    expect(replayed).toBe(false);
    const details = warn.mock.calls.map(([, options]) => (options as { detail?: string }).detail);
    expect(details).toHaveLength(5);
    expect(details.every((detail) => detail?.includes('No more counters.'))).toBe(true);
    warn.mockRestore();
  });
});
