import { executeWrite, observeDatabase, readItem, readTransaction, type RequestEnd } from '@cnop/database-core';
import {
  after,
  conflict,
  createFaultInjector,
  landLate,
  loseResponse,
  throttle,
  type SdkRequestHandler,
} from '@cnop/testing';
import { createManualClock } from '@cnop/utils';
import { purchase, purchaseKey, readPurchase, readWallet } from '../support/purchase.ts';
import { setup } from '../support/setup.ts';

const at = '2026-01-05T09:30:00.400Z';

/** A database whose answers say that its clock is so far ahead of ours. */
async function setupAhead(aheadMs: number, options: { maxClockErrorMs?: number } = { maxClockErrorMs: 5_000 }) {
  const clock = createManualClock(at);
  const http = createFaultInjector();
  const offset = { aheadMs };
  const requestHandler: SdkRequestHandler = {
    ...http,
    handle: async (request, handlerOptions) => {
      const { response } = await http.handle(request, handlerOptions);
      const date = new Date(clock.now().getTime() + offset.aheadMs).toUTCString();
      return { response: { ...response, headers: { ...response.headers, date } } };
    },
  };
  const { database } = await setup({ clock, requestHandler, ...options });

  return { clock, database, http, offset };
}

const look = (database: Parameters<typeof readPurchase>[0]) => readPurchase(database, 'none');

describe('The clock of a database', () => {
  it.each([
    [0, 0],
    // The date is in whole seconds, and our clock stands at four tenths of one: that much nobody can tell.
    [500, 0],
    [-400, 0],
    [3_000, 2_600],
    [-3_000, -2_401],
    [3_600_000, 3_599_600],
  ])('that is %s ms ahead is told to be ahead by at least %s ms', async (aheadMs, offsetMs) => {
    const { database } = await setupAhead(aheadMs);
    const ends: RequestEnd[] = [];
    observeDatabase(database, { onRequest: () => (end) => ends.push(end) });

    await look(database);

    expect(database.clockWatch.offsetMs()).toBe(offsetMs);
    expect(ends).toMatchObject([{ outcome: 'ok', clockOffsetMs: offsetMs }]);
  });

  it.each([60_000, -60_000])('refuses writes, and nothing else, when ours is %s ms off', async (aheadMs) => {
    const { database, http } = await setupAhead(aheadMs);

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({
      code: 'CLOCK_OFF',
      retryable: true,
      details: { maxClockErrorMs: 5_000 },
    });

    expect(http.bodiesOf('TransactWriteItems')).toEqual([]);
    await expect(readPurchase(database)).resolves.toBeUndefined();
  });

  it('may be off by as much as is allowed', async () => {
    const { database } = await setupAhead(60_400, { maxClockErrorMs: 59_600 });
    await look(database);
    expect(database.clockWatch.offsetMs()).toBe(59_600);

    await expect(executeWrite(database, purchase(database))).resolves.toEqual({ replayed: false });
  });

  it('is not known of an answer without a date', async () => {
    const http = createFaultInjector();
    const withoutHeaders: SdkRequestHandler = {
      ...http,
      handle: async (request, handlerOptions) => {
        const { response } = await http.handle(request, handlerOptions);
        return { response: { statusCode: response.statusCode, body: response.body, headers: {} } };
      },
    };
    const { database } = await setup({ requestHandler: withoutHeaders });

    await look(database);

    expect(database.clockWatch.offsetMs()).toBeUndefined();
    expect(database.clockWatch.refusal()).toBeUndefined();
  });

  it('refuses what was drawn by a wrong clock, and lets the next write through when ours is right again', async () => {
    const { database, offset } = await setupAhead(60_000);
    offset.aheadMs = 0;

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'CLOCK_OFF' });
    await expect(executeWrite(database, purchase(database))).resolves.toEqual({ replayed: false });
  });

  it('is compared before each attempt', async () => {
    const { database, http, offset } = await setupAhead(0);
    http.script(
      'TransactWriteItems',
      after(() => Promise.resolve((offset.aheadMs = 60_000)), throttle()),
    );

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'CLOCK_OFF' });
    expect(http.bodiesOf('TransactWriteItems')).toHaveLength(1);
  });

  it('does not keep a fence from being written', async () => {
    const { database, http, offset } = await setupAhead(0);
    const tooDear = purchase(database, { cost: 1_000 });
    http.script(
      'TransactWriteItems',
      landLate(),
      after(() => Promise.resolve((offset.aheadMs = 60_000))),
    );

    await expect(executeWrite(database, tooDear)).rejects.toMatchObject({ code: 'WALLET_INSUFFICIENT' });
    await expect(readPurchase(database)).resolves.toMatchObject({ status: 'FAILED' });
  });

  it('is told by the time between sending and receiving', async () => {
    const { clock, database, http, offset } = await setupAhead(0);
    offset.aheadMs = -10_000;
    http.script(
      'TransactGetItems',
      after(() => Promise.resolve(clock.advance(12_000))),
    );
    const { writeId } = purchase(database).guard;

    await readTransaction(database, [{ tableName: database.tableName('things'), key: purchaseKey(writeId) }]);

    // Sent at 0.4 s, received at 12.4 s with the date of 2 s: the answer was written meanwhile.
    expect(database.clockWatch.offsetMs()).toBe(0);
  });

  it('tells the guard of a key that nothing of this call was sent', async () => {
    const { database, offset } = await setupAhead(0);
    await executeWrite(database, purchase(database, { hash: 'first' }));
    offset.aheadMs = 60_000;
    await look(database);
    const plan = purchase(database);
    const onConditionFailed = jest.fn(() => undefined);

    await executeWrite(database, { ...plan, guard: { ...plan.guard, onConditionFailed } });

    expect(onConditionFailed).toHaveBeenCalledWith(expect.objectContaining({ hash: 'first' }), false);
  });

  it('replays what was carried out under a key, whatever the clock', async () => {
    const { database, offset } = await setupAhead(0);
    await executeWrite(database, purchase(database));
    offset.aheadMs = 60_000;
    await look(database);

    await expect(executeWrite(database, purchase(database))).resolves.toMatchObject({ replayed: true });
    await expect(readWallet(database)).resolves.toBe(90);
  });

  it('is not compared with one that was given, unless asked to', async () => {
    const { database } = await setupAhead(3_600_000, {});

    await expect(executeWrite(database, purchase(database))).resolves.toEqual({ replayed: false });
  });
});

describe('A write that could not be sent within 60 s', () => {
  const late = async (first: Parameters<typeof after>[1]) => {
    const { clock, database, http } = await setupAhead(0);
    http.script(
      'TransactWriteItems',
      after(() => Promise.resolve(clock.advance(60_001)), first),
    );

    return { database, outcome: executeWrite(database, purchase(database)) };
  };

  it('is refused for certain when nothing of it may have been carried out', async () => {
    const { database, outcome } = await late(conflict());

    await expect(outcome).rejects.toMatchObject({ code: 'WRITE_EXPIRED', details: { operation: 'purchase' } });
    await expect(
      readItem(database, { tableName: database.tableName('things'), key: purchaseKey('o-1') }),
    ).resolves.toBe(undefined);
  });

  it.each([
    ['a transaction', () => ({})],
    ['a single write', () => ({ actions: [] })],
  ])('is refused for certain when its keys came too late: %s', async (_, options) => {
    const clock = createManualClock(at);
    let tookMs = 0;
    const credentials = () => {
      clock.advance(tookMs);
      // Keys that have expired are asked for at every call.
      return Promise.resolve({ accessKeyId: 'local', secretAccessKey: 'local', expiration: new Date(0) });
    };
    const { database } = await setup({ clock, credentials });
    tookMs = 60_001;

    const outcome = executeWrite(database, purchase(database, options()));

    await expect(outcome).rejects.toMatchObject({ code: 'WRITE_EXPIRED' });
    expect(await readPurchase(database)).toBeUndefined();
  });

  it('is sent in the last moment', async () => {
    const { clock, database, http } = await setupAhead(0);
    http.script(
      'TransactWriteItems',
      after(() => Promise.resolve(clock.advance(60_000)), conflict()),
    );

    await expect(executeWrite(database, purchase(database))).resolves.toEqual({ replayed: false });
  });

  it('is looked for when it may have been', async () => {
    const { database, outcome } = await late(loseResponse());

    await expect(outcome).resolves.toMatchObject({ replayed: false });
    await expect(readWallet(database)).resolves.toBe(90);
  });

  it('is of unknown outcome when it may have been, and is not found', async () => {
    const { clock, database, http } = await setupAhead(0);
    http.script(
      'TransactWriteItems',
      after(() => Promise.resolve(clock.advance(60_001)), landLate()),
    );

    await expect(executeWrite(database, purchase(database))).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
  });
});
