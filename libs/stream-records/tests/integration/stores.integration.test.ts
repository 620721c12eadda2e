import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { type Database, deleteTables, ensureTables } from '@cnop/database-core';
import { createCheckpointStore, createLeaseStore, SHARD_END } from '@cnop/stream-records';
import { createFaultInjector, isolatedTables, loseResponse, refuseConnection, testConnection } from '@cnop/testing';
import { createManualClock } from '@cnop/utils';
import * as fc from 'fast-check';
import { openDatabase } from '../support/open-reader.ts';
import { workShape } from '../support/shapes.ts';

describe.each(['plain', 'transaction'] as const)('stores whose writes are sent as a %s', (singleWrites) => {
  const http = createFaultInjector();
  let database: Database;
  let tableName: string;

  beforeAll(async () => {
    database = openDatabase({
      ...testConnection(),
      requestHandler: http,
      tables: isolatedTables(['things', 'work']),
      clock: createManualClock('2030-01-01T00:00:00Z'),
      singleWrites,
    });
    tableName = database.tableName('work');
    await ensureTables(database, [workShape]);
  });

  afterEach(() => {
    http.heal();
  });

  afterAll(async () => {
    await deleteTables(database, [workShape]);
    database.close();
  });

  describe('checkpoints', () => {
    it('are those of one partition', async () => {
      const [one, other] = ['ONE', 'OTHER'].map((partition) =>
        createCheckpointStore({ database, tableName, partition }),
      );
      await one!.save('label#shard', '000000000000000000007');

      expect(await one!.load('label#shard')).toBe('000000000000000000007');
      expect(await other!.load('label#shard')).toBeUndefined();
      expect(await one!.load('label#another')).toBeUndefined();
    });

    it('have a time to live where they are told to', async () => {
      const timeToLive = { attribute: 'expiresAt', ms: 86_400_000 };
      await createCheckpointStore({ database, tableName, partition: 'TTL', timeToLive }).save('label#shard', '1');

      const { Item } = await database.reader.send(
        new GetCommand({ TableName: tableName, Key: { pk: 'TTL', sk: 'label#shard' } }),
      );
      expect(Item).toMatchObject({ expiresAt: 1_893_542_400, updatedAt: '2030-01-01T00:00:00.000Z' });
    });

    it('never move back, whatever is saved in whatever order', async () => {
      const position = fc.oneof(
        fc.bigInt({ min: 0n, max: 30n }).map(String),
        fc.bigInt({ min: 0n, max: 30n }).map((number) => `00${number}`),
        fc.bigInt({ min: 10n ** 20n, max: 10n ** 39n }).map(String),
        fc.constant(SHARD_END),
      );
      const rank = (text: string) => (text === SHARD_END ? 10n ** 40n : BigInt(text));
      let run = 0;

      await fc.assert(
        fc.asyncProperty(
          fc.array(position, { minLength: 1, maxLength: 8 }),
          fc.boolean(),
          async (positions, atOnce) => {
            const partition = `RANDOM#${(run += 1)}`;
            const store = createCheckpointStore({ database, tableName, partition });
            const saves = positions.map((each) => () => store.save('label#shard', each));

            if (atOnce) await Promise.all(saves.map((save) => save()));
            else for (const save of saves) await save();

            const stored = rank((await store.load('label#shard')) ?? '');
            expect(stored).toBe(positions.map(rank).reduce((one, other) => (one > other ? one : other)));
          },
        ),
        { numRuns: 25 },
      );
    });

    it('are saved once although the response is lost', async () => {
      const store = createCheckpointStore({ database, tableName, partition: 'LOST' });
      http.script(singleWrites === 'plain' ? 'UpdateItem' : 'TransactWriteItems', loseResponse());

      await store.save('label#shard', '5');

      expect(await store.load('label#shard')).toBe('5');
    });

    it.each(['', 'LATEST', '1.5', '-1', '1'.repeat(41)])('refuse %j', async (position) => {
      const store = createCheckpointStore({ database, tableName, partition: 'REFUSED' });

      await expect(store.save('label#shard', position)).rejects.toThrow(RangeError);
    });

    it('fail as every write does', async () => {
      const store = createCheckpointStore({ database, tableName, partition: 'DOWN' });
      http.use(() => () => refuseConnection());

      await expect(store.save('label#shard', '1')).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    });
  });

  describe('leases', () => {
    const lease = (token: string, owner = 'one') => ({ name: 'label#shard', owner, token });

    it('have a time to live where they are told to', async () => {
      const timeToLive = { attribute: 'expiresAt', ms: 86_400_000 };
      const store = createLeaseStore({ database, tableName, partition: 'TTL-LEASES', timeToLive });
      await store.put(lease('1'), undefined);

      const { Item } = await database.reader.send(
        new GetCommand({ TableName: tableName, Key: { pk: 'TTL-LEASES', sk: 'label#shard' } }),
      );
      expect(Item).toMatchObject({ owner: 'one', expiresAt: 1_893_542_400 });
    });

    it('are put by the first, and replaced only by who has seen the last', async () => {
      const store = createLeaseStore({ database, tableName, partition: 'LEASES' });

      expect(await store.put(lease('1'), undefined)).toBe(true);
      expect(await store.put(lease('2', 'other'), undefined)).toBe(false);
      expect(await store.put(lease('2', 'other'), lease('0'))).toBe(false);
      expect(await store.put(lease('2', 'other'), lease('1'))).toBe(true);

      expect(await store.list('label#')).toEqual([lease('2', 'other')]);
      expect(await store.list('another#')).toEqual([]);
    });

    it('are removed only as they were seen', async () => {
      const store = createLeaseStore({ database, tableName, partition: 'REMOVED' });
      await store.put(lease('1'), undefined);

      await store.remove(lease('0'));
      expect(await store.list('label#')).toHaveLength(1);
      await store.remove(lease('1'));
      expect(await store.list('label#')).toEqual([]);
    });

    it('are had by one of many that ask at once', async () => {
      const store = createLeaseStore({ database, tableName, partition: 'RACE' });
      const owners = Array.from({ length: 8 }, (_, index) => `process-${index}`);

      const won = await Promise.all(owners.map((owner) => store.put(lease(owner, owner), undefined)));

      expect(won.filter(Boolean)).toHaveLength(1);
    });
  });
});
