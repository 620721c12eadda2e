import { createSimulatedStream } from '../support/simulated-stream.ts';
import { createTestConsumer, createTestReader, createWorld } from '../support/test-reader.ts';

const reads = (stream: ReturnType<typeof createSimulatedStream>) =>
  stream.calls.filter(({ target }) => target === 'GetRecords').length;

describe('a reader', () => {
  it('delivers the records of a shard in order, a batch at a time', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('audit');
    const changes = ['a', 'b', 'a', 'c', 'a'].map((key) => stream.change(key));
    const reader = createTestReader(stream, [consumer]);

    expect(await reader.step(4)).toBe(5);

    expect(consumer.changes).toEqual(changes);
    expect(consumer.batches.map(({ length }) => length)).toEqual([2, 2, 1]);
    expect(consumer.checkpoints.saves.map(({ position }) => position)).toEqual(['2', '4', '5']);
  });

  it('goes on behind the checkpoint after a restart', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('audit');
    stream.change('a');
    const first = createTestReader(stream, [consumer]);
    await first.step(2);
    await first.stop();
    stream.change('a');

    await createTestReader(stream, [consumer]).step(2);

    expect(consumer.versionsOf('a')).toEqual([1, 2]);
  });

  it('reads once for all consumers', async () => {
    const stream = createSimulatedStream();
    const consumers = ['one', 'two', 'three'].map((name) => createTestConsumer(name));
    stream.change('a');
    const reader = createTestReader(stream, consumers);

    await reader.step(3);

    expect(consumers.map(({ changes }) => changes)).toEqual(consumers.map(() => [{ key: 'a', version: 1 }]));
    expect(reads(stream)).toBe(3);
  });

  it('repeats a batch for the consumer that failed, and the others go on', async () => {
    const stream = createSimulatedStream();
    const [good, bad] = [createTestConsumer('good'), createTestConsumer('bad')];
    Array.from({ length: 6 }, () => stream.change('a'));
    const reader = createTestReader(stream, [good, bad], { retry: { baseDelayMs: 4_000, maxDelayMs: 60_000 } });
    bad.fail(2);

    await reader.step(4);

    expect(good.versionsOf('a')).toEqual([1, 2, 3, 4, 5, 6]);
    expect(bad.changes).toEqual([]);
    expect(bad.batches).toHaveLength(2);
    expect(reader.problems).toMatchObject([
      { kind: 'consumer', consumer: 'bad', shardId: 'shard-1', attempt: 1 },
      { kind: 'consumer', consumer: 'bad', attempt: 2 },
    ]);

    await reader.step(12);

    expect(bad.versionsOf('a')).toEqual([1, 2, 3, 4, 5, 6]);
    expect(bad.batches[0]).toEqual(bad.batches[2]);
  });

  it('reads once again for a consumer that has caught up', async () => {
    const stream = createSimulatedStream();
    const [good, bad] = [createTestConsumer('good'), createTestConsumer('bad')];
    Array.from({ length: 7 }, () => stream.change('a'));
    const reader = createTestReader(stream, [good, bad], { retry: { baseDelayMs: 1, maxDelayMs: 1 } });
    bad.fail(2);
    await reader.step(10);

    const before = reads(stream);
    stream.change('a');
    await reader.step(2);

    expect(reads(stream) - before).toBe(2);
    expect([good, bad].map((each) => each.versionsOf('a'))).toEqual([
      [1, 2, 3, 4, 5, 6, 7, 8],
      [1, 2, 3, 4, 5, 6, 7, 8],
    ]);
  });

  it('catches up although there are new records at each read', async () => {
    const stream = createSimulatedStream({ pageSize: 10, onRead: () => stream.change('a') });
    const [good, bad] = [createTestConsumer('good'), createTestConsumer('bad')];
    const reader = createTestReader(stream, [good, bad], { retry: { baseDelayMs: 1, maxDelayMs: 1 } });
    bad.fail(5);
    await reader.step(20);

    const before = reads(stream);
    await reader.step();

    expect(reads(stream) - before).toBe(1);
    expect(bad.versionsOf('a')).toEqual(good.versionsOf('a'));
    expect(good.versionsOf('a')).toEqual(Array.from({ length: good.changes.length }, (_, index) => index + 1));
  });

  it('saves a checkpoint again that could not be saved, without a second delivery', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('audit');
    stream.change('a');
    const reader = createTestReader(stream, [consumer]);
    consumer.checkpoints.failNext(2);

    await reader.step(3);

    expect(consumer.batches).toHaveLength(1);
    expect(consumer.checkpoints.saves.map(({ position }) => position)).toEqual(['1']);
  });

  it('does not wait for a consumer that hangs', async () => {
    const stream = createSimulatedStream();
    const [quick, slow] = [createTestConsumer('quick'), createTestConsumer('slow')];
    let release: () => void = () => undefined;
    const hanging = new Promise<void>((resolve) => (release = resolve));
    const reader = createTestReader(stream, [quick, { ...slow, onRecords: () => hanging }], {
      sleep: () => new Promise((resolve) => setImmediate(resolve)),
    });
    Array.from({ length: 4 }, () => stream.change('a'));

    await reader.step(3);

    expect(quick.versionsOf('a')).toEqual([1, 2, 3, 4]);
    expect(reader.status().shards[0]?.consumers).toMatchObject([
      { name: 'quick', position: '4', isCaughtUp: true },
      { name: 'slow', position: '2', isCaughtUp: false },
    ]);
    await reader.stop();
    release();
  });

  it('begins at the newest record where it is asked to', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('wake-up', { startAt: 'LATEST' });
    stream.change('a');
    const reader = createTestReader(stream, [consumer]);

    await reader.step(2);
    stream.change('a');
    await reader.step();

    expect(consumer.versionsOf('a')).toEqual([2]);
  });

  it('serves consumers that begin at different places', async () => {
    const stream = createSimulatedStream();
    const [all, newest] = [createTestConsumer('all'), createTestConsumer('newest', { startAt: 'LATEST' })];
    Array.from({ length: 3 }, () => stream.change('a'));
    const reader = createTestReader(stream, [all, newest]);

    await reader.step(3);
    stream.change('a');
    await reader.step(3);

    expect(all.versionsOf('a')).toEqual([1, 2, 3, 4]);
    expect(newest.versionsOf('a')).toEqual([4]);
  });

  it('tells its status', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('audit');
    stream.change('a');
    const reader = createTestReader(stream, [consumer]);

    expect(reader.status()).toEqual({ state: { kind: 'starting' }, shards: [] });
    await reader.step();

    expect(reader.status()).toEqual({
      state: { kind: 'reading', streamLabel: stream.label() },
      shards: [
        {
          shardId: 'shard-1',
          isHeld: true,
          lastReadAt: '2030-01-01T00:00:01.000Z',
          consumers: [{ name: 'audit', position: '1', lastRecordAt: '2030-01-01T00:00:01.000Z', isCaughtUp: true }],
        },
      ],
    });
    await reader.stop();
    expect(reader.status().state).toEqual({ kind: 'stopped' });
    expect(await reader.poll()).toBe(0);
  });
});

describe('a table without a stream', () => {
  it('is a state, until it has one', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('wake-up', { startAt: 'LATEST' });
    stream.setStatus('NONE');
    const reader = createTestReader(stream, [consumer], { refreshMs: 5_000 });
    await reader.step();
    expect(reader.status()).toEqual({ state: { kind: 'no-stream' }, shards: [] });

    stream.setStatus('ENABLED');
    stream.change('a');
    await reader.step(5);

    expect(reader.status().state).toEqual({ kind: 'reading', streamLabel: stream.label() });
    expect(consumer.versionsOf('a')).toEqual([1]);
    expect(reader.problems).toEqual([]);
  });

  it('is one, too, once a disabled stream is read to its end', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('audit');
    stream.change('a');
    const reader = createTestReader(stream, [consumer], { refreshMs: 2_000 });
    stream.split('shard-1', 0);
    stream.setStatus('DISABLED');

    await reader.step(6);

    expect(consumer.versionsOf('a')).toEqual([1]);
    expect(reader.status()).toEqual({ state: { kind: 'no-stream' }, shards: [] });
  });
});

describe('running', () => {
  it('polls until it is stopped, and gives up its leases', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('audit');
    const world = createWorld();
    const waitsMs: number[] = [];
    let stop: () => void = () => undefined;
    const idle = new Promise<void>((resolve) => (stop = resolve));
    const reader = createTestReader(stream, [consumer], {
      world,
      sleep: async (ms) => {
        waitsMs.push(ms);
        if (consumer.changes.length === 3) stop();
        await new Promise((resolve) => setImmediate(resolve));
      },
    });
    Array.from({ length: 3 }, () => stream.change('a'));

    const running = reader.run();
    await idle;
    await reader.stop();
    await running;

    expect(consumer.versionsOf('a')).toEqual([1, 2, 3]);
    expect(new Set(waitsMs)).toEqual(new Set([250]));
    expect([...world.leases.leases]).toEqual([]);
  });

  it('ends while it waits for the next poll', async () => {
    const stream = createSimulatedStream();
    let tellWaiting: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => (tellWaiting = resolve));
    const reader = createTestReader(stream, [createTestConsumer('audit')], {
      sleep: () => {
        tellWaiting();
        return new Promise(() => undefined);
      },
    });

    const running = reader.run();
    await waiting;
    await reader.stop();

    await expect(running).resolves.toBeUndefined();
  });
});
