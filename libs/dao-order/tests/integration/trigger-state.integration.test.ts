import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { queryItems, type RawItem } from '@cnop/database-core';
import type { TriggerCheckpoint, WatermarkLadder } from '@cnop/entities-order';
import { decodeOrdersItem, ladderPartKey, triggerCheckpointKey } from '@cnop/entities-order/table';
import { after, crashBefore, loseResponse, nthCall, refusalOf, runParallel, throttle } from '@cnop/testing';
import { getTriggerStateDao, TriggerStateDao } from '@cnop/dao-order';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const state = getTriggerStateDao(store.database);
const at = (second: number) => new Date(Date.UTC(2026, 0, 5, 9, 0, second)).toISOString();

/** A ladder of several parts whose newest rung depends on `second`. */
const ladderAt = (second: number, sign: 1n | -1n): WatermarkLadder =>
  Array.from({ length: 3_000 }, (_, index) => ({
    anchor: new Date(Date.UTC(2025, 0, 1) + index * 61_000).toISOString(),
    markMinor: 10n ** 9n + sign * BigInt(index === 2_999 ? 97 * index + second : 97 * index),
  }));
const checkpointAt = (second: number): TriggerCheckpoint => ({
  asOf: at(second),
  high: ladderAt(second, -1n),
  low: ladderAt(second, 1n),
});

/** What is stored of an asset, parts without their rungs. */
async function storedOf(assetId: string): Promise<RawItem[]> {
  const items: RawItem[] = [];
  const request = {
    TableName: store.database.tableName('orders'),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': triggerCheckpointKey(assetId).pk },
  };

  for await (const item of queryItems(store.database, request)) items.push(item);
  return items;
}

/** The names of the parts that do not expire, and of those that the cursor names. */
async function partsOf(assetId: string): Promise<{ kept: string[]; named: string[]; expiring: string[] }> {
  const records = (await storedOf(assetId)).map(decodeOrdersItem);
  const parts = records.flatMap((record) => (record.kind === 'ladder-part' ? [record.part] : []));
  const cursor = records.find((record) => record.kind === 'trigger-checkpoint');

  return {
    kept: parts.filter(({ ttl }) => ttl === undefined).map(({ name }) => name),
    expiring: parts.filter(({ ttl }) => ttl !== undefined).map(({ name }) => name),
    named: [...(cursor?.cursor.parts ?? [])].toSorted(),
  };
}

async function removeParts(assetId: string, names: readonly string[]): Promise<void> {
  const TableName = store.database.tableName('orders');

  for (const name of names)
    await store.database.writer.send(new DeleteCommand({ TableName, Key: { ...ladderPartKey(assetId, name) } }));
}

describe('TriggerStateDao.saveCheckpoint', () => {
  it('saves what loadCheckpoint reads, the empty one too', async () => {
    expect(await state.loadCheckpoint('NEW')).toBeUndefined();

    expect(await state.saveCheckpoint('NEW', { asOf: at(1), high: [], low: [] })).toBe('saved');
    expect(await state.loadCheckpoint('NEW')).toEqual({ asOf: at(1), high: [], low: [] });

    expect(await state.saveCheckpoint('NEW', checkpointAt(2))).toBe('saved');
    expect(await state.loadCheckpoint('NEW')).toEqual(checkpointAt(2));
  });

  it('only ever moves on to a newer tick', async () => {
    await state.saveCheckpoint('AHEAD', checkpointAt(5));

    expect(await state.saveCheckpoint('AHEAD', checkpointAt(5))).toBe('behind');
    expect(await state.saveCheckpoint('AHEAD', checkpointAt(4))).toBe('behind');
    expect(await state.loadCheckpoint('AHEAD')).toEqual(checkpointAt(5));
  });

  it('puts the parts that have changed, and lets those that they replace expire an hour later', async () => {
    await state.saveCheckpoint('PARTS', checkpointAt(1));
    const { http, database } = store.faulty();
    const before = await partsOf('PARTS');

    await new TriggerStateDao({ database }).saveCheckpoint('PARTS', checkpointAt(2));

    const { kept, named, expiring } = await partsOf('PARTS');
    expect(http.calls.map(({ target }) => target).toSorted()).toEqual([
      'GetItem',
      'PutItem',
      'PutItem',
      'PutItem',
      'Query',
      'UpdateItem',
      'UpdateItem',
    ]);
    expect(named.filter((name) => before.named.includes(name))).toHaveLength(before.named.length - 2);
    expect(kept.toSorted()).toEqual(named);
    expect(expiring).toEqual(before.named.filter((name) => !named.includes(name)));
    const expiringItem = (await storedOf('PARTS')).find(({ ttl }) => ttl !== undefined);
    expect(expiringItem?.['ttl']).toBe(store.clock.now().getTime() / 1_000 + 3_600);
  });

  it('leaves one checkpoint, the newest, where many workers save at once', async () => {
    const daos = Array.from({ length: 6 }, () => getTriggerStateDao(store.database));

    for (let round = 0; round < 3; round += 1) {
      const { answers } = await runParallel(6, async (index) =>
        daos[index]?.saveCheckpoint('RACE', checkpointAt(10 * round + (index % 4))),
      );

      const newest = checkpointAt(10 * round + 3);
      expect(answers).toContain('saved');
      expect(await state.loadCheckpoint('RACE')).toEqual(newest);
    }
    await getTriggerStateDao(store.database).saveCheckpoint('RACE', checkpointAt(99));
    const { kept, named } = await partsOf('RACE');
    expect(kept.toSorted()).toEqual(named);
  });

  it('shares no part with a checkpoint that another worker has replaced meanwhile', async () => {
    await state.saveCheckpoint('BASE', checkpointAt(1));
    const { database, http } = store.faulty();
    // While this worker writes its parts, all of those that it meant to share are replaced.
    const other = { asOf: at(2), high: ladderAt(2, -1n).slice(1_500), low: ladderAt(2, 1n).slice(1_500) };
    http.use(
      nthCall(
        1,
        after(() => state.saveCheckpoint('BASE', other)),
        { target: 'PutItem' },
      ),
    );

    expect(await new TriggerStateDao({ database }).saveCheckpoint('BASE', checkpointAt(3))).toBe('saved');

    const { kept, named } = await partsOf('BASE');
    expect(await state.loadCheckpoint('BASE')).toEqual(checkpointAt(3));
    expect(kept.toSorted()).toEqual(named);
  });

  it('leaves the former checkpoint when its process ends before the cursor; the next one lets the rest expire', async () => {
    await state.saveCheckpoint('KILLED', checkpointAt(1));
    const { database, http } = store.faulty();
    http.use(nthCall(3, crashBefore(), { target: 'PutItem' }));

    void new TriggerStateDao({ database }).saveCheckpoint('KILLED', checkpointAt(2));
    await http.crashed;
    await http.settled();

    expect(await state.loadCheckpoint('KILLED')).toEqual(checkpointAt(1));
    const left = await partsOf('KILLED');
    expect(left.kept.length).toBeGreaterThan(left.named.length);
    expect(await getTriggerStateDao(store.database).saveCheckpoint('KILLED', checkpointAt(3))).toBe('saved');
    const { kept, named } = await partsOf('KILLED');
    expect(kept.toSorted()).toEqual(named);
    expect(await state.loadCheckpoint('KILLED')).toEqual(checkpointAt(3));
  });

  it('is saved once when the response of the cursor is lost', async () => {
    const { database, http } = store.faulty();
    http.use(nthCall(1, loseResponse(), { target: 'PutItem' }));

    expect(await new TriggerStateDao({ database }).saveCheckpoint('LOST', { asOf: at(1), high: [], low: [] })).toBe(
      'saved',
    );
  });

  it('is saved though what it replaces cannot be let go, which a later save does', async () => {
    const { database, http } = store.faulty(1);
    const dao = new TriggerStateDao({ database });
    await dao.saveCheckpoint('TIDY', checkpointAt(1));
    http.use(nthCall(1, throttle(), { target: 'UpdateItem' }));

    expect(await dao.saveCheckpoint('TIDY', checkpointAt(2))).toBe('saved');
    expect((await partsOf('TIDY')).kept.length).toBeGreaterThan((await partsOf('TIDY')).named.length);

    expect(await dao.saveCheckpoint('TIDY', checkpointAt(3))).toBe('saved');
    const { kept, named } = await partsOf('TIDY');
    expect(kept.toSorted()).toEqual(named);
  });
});

describe('TriggerStateDao.loadCheckpoint', () => {
  it('reads the checkpoint again where a part is gone because another one has come', async () => {
    await state.saveCheckpoint('AGAIN', checkpointAt(1));
    const { database, http } = store.faulty();
    http.use(
      nthCall(
        1,
        after(async () => {
          await state.saveCheckpoint('AGAIN', checkpointAt(2));
          await removeParts('AGAIN', (await partsOf('AGAIN')).expiring);
        }),
        { target: 'BatchGetItem' },
      ),
    );

    expect(await new TriggerStateDao({ database }).loadCheckpoint('AGAIN')).toEqual(checkpointAt(2));
    expect(http.calls.map(({ target }) => target)).toEqual(['GetItem', 'BatchGetItem', 'GetItem', 'BatchGetItem']);
  });

  it('knows of none where a part is lost, and saves one anew', async () => {
    await state.saveCheckpoint('GONE', checkpointAt(1));
    await removeParts('GONE', (await partsOf('GONE')).named.slice(0, 1));

    expect(await state.loadCheckpoint('GONE')).toBeUndefined();
    expect(await state.saveCheckpoint('GONE', { asOf: at(2), high: [], low: [] })).toBe('saved');
    expect(await state.loadCheckpoint('GONE')).toEqual({ asOf: at(2), high: [], low: [] });
  });

  it('refuses what is no asset id', async () => {
    expect(await refusalOf(state.loadCheckpoint('#'))).toMatchObject({ code: 'VALIDATION_FAILED' });
  });
});

describe('TriggerStateDao.saveExpiryHour', () => {
  it('only ever moves on to a later hour', async () => {
    expect(await state.loadExpiryHour()).toBeUndefined();

    expect(await state.saveExpiryHour('2026-03-02T14')).toBe('saved');
    expect(await state.saveExpiryHour('2026-03-02T14')).toBe('behind');
    expect(await state.saveExpiryHour('2026-03-02T13')).toBe('behind');
    expect(await state.loadExpiryHour()).toBe('2026-03-02T14');

    expect(await state.saveExpiryHour('2026-03-02T15')).toBe('saved');
    expect(await state.loadExpiryHour()).toBe('2026-03-02T15');
  });

  it('refuses what is no hour', async () => {
    expect(await refusalOf(state.saveExpiryHour('2026-03-02T14:00'))).toMatchObject({ code: 'VALIDATION_FAILED' });
  });
});

describe('TriggerStateDao.claimLease', () => {
  const ttlMs = 10_000;

  it('is of one worker until it expires, and is renewed by that worker alone', async () => {
    expect(await state.claimLease('LEASE', 'one', { ttlMs })).toBe(true);
    expect(await state.claimLease('LEASE', 'two', { ttlMs })).toBe(false);
    expect(await state.claimLease('FREE', 'two', { ttlMs })).toBe(true);

    store.clock.advance(ttlMs - 1);
    expect(await state.claimLease('LEASE', 'two', { ttlMs })).toBe(false);
    expect(await state.claimLease('LEASE', 'one', { ttlMs })).toBe(true);

    store.clock.advance(1);
    expect(await state.claimLease('LEASE', 'two', { ttlMs })).toBe(false);

    store.clock.advance(ttlMs - 1);
    expect(await state.claimLease('LEASE', 'two', { ttlMs })).toBe(true);
    expect(await state.claimLease('LEASE', 'one', { ttlMs })).toBe(false);
  });

  it('has one winner of many', async () => {
    const { answers } = await runParallel(8, (index) => state.claimLease('MANY', `worker-${index}`, { ttlMs }));

    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  it('refuses a lease of no length, or of nobody', async () => {
    expect(await refusalOf(state.claimLease('BTC', 'one', { ttlMs: 0 }))).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(await refusalOf(state.claimLease('BTC', '', { ttlMs }))).toMatchObject({ code: 'VALIDATION_FAILED' });
  });
});
