import { SHARD_END } from '@cnop/stream-records';
import { createSimulatedStream, type SimulatedStream } from '../support/simulated-stream.ts';
import { createTestConsumer, createTestReader, createWorld } from '../support/test-reader.ts';

/** Splits the first shard with a change of one item before, and one in each of two successors after. */
function splitWithChanges(stream: SimulatedStream) {
  stream.change('a');
  const [left = '', right = ''] = stream.split('shard-1');
  stream.change('a', left);
  stream.change('b', right);

  return { left, right };
}

describe('a shard that splits', () => {
  it('is worked to its end before its successors are begun', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('audit');
    Array.from({ length: 5 }, () => stream.change('a'));
    splitWithChanges(stream);
    const reader = createTestReader(stream, [consumer]);

    await reader.step(10);

    expect(consumer.versionsOf('a')).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(consumer.versionsOf('b')).toEqual([1]);
    expect(consumer.checkpoints.positions.get(`${stream.label()}#shard-1`)).toBe(SHARD_END);
    expect(reader.held()).toEqual(['shard-2', 'shard-3']);
    expect([...reader.leases.leases.keys()]).toEqual(['shard-2', 'shard-3'].map((id) => `${stream.label()}#${id}`));
  });

  it('is noticed at once while it is read, from LATEST too', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('wake-up', { startAt: 'LATEST' });
    stream.change('a');
    const reader = createTestReader(stream, [consumer], { refreshMs: 1_000_000 });
    await reader.step(2);

    splitWithChanges(stream);
    await reader.step(4);

    expect(consumer.versionsOf('a')).toEqual([2, 3]);
    expect(consumer.versionsOf('b')).toEqual([1]);
    expect(consumer.gaps).toEqual([]);
  });

  it('is looked at again each second until its successor appears', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('audit');
    const reader = createTestReader(stream, [consumer], { refreshMs: 1_000_000 });
    await reader.step();
    stream.split('shard-1', 0);
    await reader.step(3);

    stream.change('a', stream.addShard());
    await reader.step(2);

    expect(consumer.versionsOf('a')).toEqual([1]);
  });

  it('keeps back a consumer that has not finished, and no other', async () => {
    const stream = createSimulatedStream();
    const [good, bad] = [createTestConsumer('good'), createTestConsumer('bad')];
    splitWithChanges(stream);
    const reader = createTestReader(stream, [good, bad]);
    bad.fail(Infinity);

    await reader.step(20);
    expect(good.versionsOf('a')).toEqual([1, 2]);
    expect(bad.changes).toEqual([]);

    bad.fail(0);
    await reader.step(40);
    expect(bad.versionsOf('a')).toEqual([1, 2]);
    expect(bad.versionsOf('b')).toEqual([1]);
  });

  it('is finished only when the checkpoint of its end is saved', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('audit');
    stream.split('shard-1', 1);
    stream.change('a', 'shard-2');
    const reader = createTestReader(stream, [consumer]);
    consumer.checkpoints.failNext(3);

    await reader.step(2);
    expect(consumer.changes).toEqual([]);
    await reader.step(8);
    expect(consumer.versionsOf('a')).toEqual([1]);
  });

  it('is not read again after a restart, nor its records in its successors lost', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('wake-up', { startAt: 'LATEST' });
    const first = createTestReader(stream, [consumer]);
    await first.step(2);
    const { left } = splitWithChanges(stream);
    await first.step(1);
    await first.stop();
    stream.change('a', left);
    stream.calls.splice(0);

    await createTestReader(stream, [consumer]).step(4);

    expect(consumer.versionsOf('a')).toEqual([1, 2, 3]);
    expect(stream.calls.filter(({ shardId }) => shardId === 'shard-1').length).toBeLessThanOrEqual(2);
  });

  it('is passed over from LATEST if it was closed before the first start', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('wake-up', { startAt: 'LATEST' });
    const { left } = splitWithChanges(stream);
    const reader = createTestReader(stream, [consumer], { refreshMs: 1_000 });
    await reader.step(2);

    stream.change('a', left);
    stream.change('c', stream.split('shard-1', 1)[0]);
    await reader.step(6);

    expect(consumer.changes).toEqual(
      expect.arrayContaining([
        { key: 'a', version: 3 },
        { key: 'c', version: 1 },
      ]),
    );
    expect(consumer.changes).toHaveLength(2);
  });
});

describe('a start from LATEST', () => {
  it('is one, too, after a restart before the first record', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('wake-up', { startAt: 'LATEST' });
    splitWithChanges(stream);
    const first = createTestReader(stream, [consumer]);
    await first.step(2);
    await first.stop();

    await createTestReader(stream, [consumer]).step(5);

    expect(consumer.changes).toEqual([]);
  });

  it('is none in the successor of a shard that another process still reads', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('wake-up', { startAt: 'LATEST' });
    const world = createWorld();
    const first = createTestReader(stream, [consumer], { world });
    await first.step();
    const [next = ''] = stream.split('shard-1', 1);
    stream.change('a', next);

    const second = createTestReader(stream, [consumer], { world });
    await second.step();
    for (let step = 0; step < 10; step += 1) for (const reader of [first, second]) await reader.step();

    expect(consumer.versionsOf('a')).toEqual([1]);
  });
});

describe('a gap', () => {
  it('is told where records were trimmed, and reading goes on at the oldest', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('audit');
    stream.change('a');
    const first = createTestReader(stream, [consumer]);
    await first.step(2);
    await first.stop();
    Array.from({ length: 3 }, () => stream.change('a'));
    stream.trim('shard-1');
    stream.change('a');

    await createTestReader(stream, [consumer]).step(4);

    expect(consumer.gaps).toEqual([
      {
        reason: 'trimmed',
        after: '1',
        shardId: 'shard-1',
        streamLabel: stream.label(),
        shardKey: `${stream.label()}#shard-1`,
      },
    ]);
    expect(consumer.versionsOf('a')).toEqual([1, 5]);
  });

  it('is told again to a consumer that threw', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('audit');
    const reader = createTestReader(stream, [consumer]);
    stream.change('a');
    await reader.step(2);
    Array.from({ length: 3 }, () => stream.change('a'));
    stream.trim('shard-1');
    stream.change('a');
    consumer.fail(2);

    await reader.step(6);

    expect(consumer.gaps).toHaveLength(1);
    expect(consumer.versionsOf('a')).toEqual([1, 5]);
  });

  it('is none where nothing was read yet', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('audit');
    const reader = createTestReader(stream, [consumer]);
    await reader.step();
    stream.change('a');
    stream.trim('shard-1');
    stream.change('a');

    await reader.step(3);

    expect(consumer.gaps).toEqual([]);
    expect(consumer.versionsOf('a')).toEqual([2]);
  });

  it('is told of a shard whose parent is gone, after the position in that', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('audit');
    stream.change('a');
    const first = createTestReader(stream, [consumer]);
    await first.step();
    await first.stop();
    splitWithChanges(stream);
    stream.drop('shard-1');

    await createTestReader(stream, [consumer]).step(3);

    expect(consumer.gaps).toMatchObject([
      { reason: 'parent-unknown', shardId: 'shard-2', after: '1' },
      { reason: 'parent-unknown', shardId: 'shard-3', after: '1' },
    ]);
    expect(consumer.versionsOf('a')).toEqual([1, 3]);
  });

  it('is none of a shard whose parent is gone after it was worked to its end', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('audit');
    stream.change('a');
    stream.split('shard-1', 1);
    const first = createTestReader(stream, [consumer]);
    await first.step(2);
    await first.stop();
    stream.drop('shard-1');
    stream.change('a');

    await createTestReader(stream, [consumer]).step(3);

    expect(consumer.gaps).toEqual([]);
    expect(consumer.versionsOf('a')).toEqual([1, 2]);
  });

  it('is told where reading from LATEST paused for too long', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('wake-up', { startAt: 'LATEST' });
    const reader = createTestReader(stream, [consumer]);
    await reader.step(2);
    stream.expireIterators();
    await reader.step(3);
    stream.change('a');
    await reader.step();

    expect(consumer.gaps).toMatchObject([{ reason: 'expired' }]);
    expect(consumer.versionsOf('a')).toEqual([1]);
  });

  it('is none where an iterator behind a record expired', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('audit');
    const reader = createTestReader(stream, [consumer]);
    stream.change('a');
    await reader.step(2);
    stream.expireIterators();
    stream.change('a');
    await reader.step(2);

    expect(consumer.gaps).toEqual([]);
    expect(consumer.versionsOf('a')).toEqual([1, 2]);
  });

  it('is told of a stream that was made anew, whose records are numbered from 1 again', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('wake-up', { startAt: 'LATEST' });
    const reader = createTestReader(stream, [consumer]);
    await reader.step(2);
    Array.from({ length: 3 }, () => stream.change('a'));
    await reader.step(2);

    stream.recreate();
    stream.change('a');
    await reader.step(31);

    expect(consumer.gaps).toMatchObject([{ reason: 'new-stream', streamLabel: stream.label(), shardId: 'shard-1' }]);
    expect(consumer.versionsOf('a')).toEqual([1, 2, 3, 4]);
  });
});

describe('two processes', () => {
  it('take over the successors from one another', async () => {
    const stream = createSimulatedStream();
    const world = createWorld();
    const consumer = createTestConsumer('audit');
    const readers = [1, 2].map(() => createTestReader(stream, [consumer], { world, refreshMs: 1_000 }));
    stream.change('a');
    await readers[0]!.step();
    splitWithChanges(stream);

    for (let step = 0; step < 30; step += 1) for (const reader of readers) await reader.step();

    expect(readers.map((reader) => reader.held().length)).toEqual([1, 1]);
    expect(consumer.versionsOf('a')).toEqual([1, 2, 3]);
    expect(consumer.versionsOf('b')).toEqual([1]);
  });
});
