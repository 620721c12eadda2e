import { createSimulatedStream } from '../support/simulated-stream.ts';
import { createTestConsumer, createTestReader } from '../support/test-reader.ts';

describe('a request that fails', () => {
  it.each(['ListStreams', 'DescribeStream', 'GetShardIterator', 'GetRecords'])(
    'of %s is tried again after a wait, and nothing is lost',
    async (target) => {
      const stream = createSimulatedStream();
      const consumer = createTestConsumer('audit');
      Array.from({ length: 5 }, () => stream.change('a'));
      stream.fail(target, 'LimitExceededException', 3);
      const reader = createTestReader(stream, [consumer]);

      await reader.step(12);

      expect(consumer.versionsOf('a')).toEqual([1, 2, 3, 4, 5]);
      expect(reader.problems.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    },
  );

  it('is told as the state of the reader while the stream cannot be reached', async () => {
    const stream = createSimulatedStream();
    const reader = createTestReader(stream, [createTestConsumer('audit')], {
      retry: { baseDelayMs: 1, maxDelayMs: 1 },
    });
    stream.fail('ListStreams', 'InternalServerError');

    await reader.step();
    expect(reader.status().state).toMatchObject({ kind: 'unreachable', error: { name: 'InternalServerError' } });
    await reader.step();
    expect(reader.status().state).toMatchObject({ kind: 'reading' });
  });

  it('waits longer with each failure in a row', async () => {
    const stream = createSimulatedStream();
    const reader = createTestReader(stream, [createTestConsumer('audit')], {
      retry: { baseDelayMs: 4_000, maxDelayMs: 16_000 },
    });
    stream.fail('ListStreams', 'ThrottlingException', 100);
    const at: number[] = [];

    for (let second = 1; second <= 30; second += 1) {
      const before = reader.problems.length;
      await reader.step();
      if (reader.problems.length > before) at.push(second);
    }

    expect(at).toEqual([1, 3, 7, 15, 23]);
  });

  it('makes the reader look whether the stream is still the same, before it reads on', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('audit');
    const reader = createTestReader(stream, [consumer], { refreshMs: 1_000_000 });
    Array.from({ length: 3 }, () => stream.change('a'));
    await reader.step(3);

    stream.recreate();
    Array.from({ length: 5 }, () => stream.change('b'));
    stream.fail('GetRecords', 'InternalServerError');
    stream.fail('ListStreams', 'InternalServerError', 2);
    await reader.step(8);

    expect(consumer.versionsOf('b')).toEqual([1, 2, 3, 4, 5]);
    expect(consumer.gaps).toMatchObject([{ reason: 'new-stream' }]);
  });

  it('is no reason to look at the stream again where it was throttled', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('audit');
    const reader = createTestReader(stream, [consumer], { refreshMs: 1_000_000 });
    await reader.step();
    stream.fail('GetRecords', 'LimitExceededException', 2);
    stream.change('a');

    await reader.step(4);

    expect(consumer.versionsOf('a')).toEqual([1]);
    expect(stream.calls.filter(({ target }) => target === 'ListStreams')).toHaveLength(1);
  });

  it('does not end a reader whose listener throws', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('audit');
    stream.change('a');
    stream.fail('ListStreams', 'InternalServerError');
    const onProblem = jest.fn(() => {
      throw new Error('The log is full.');
    });

    await createTestReader(stream, [consumer], { onProblem }).step(3);

    expect(onProblem).toHaveBeenCalledTimes(1);
    expect(consumer.versionsOf('a')).toEqual([1]);
  });

  it('forgets a stream that is gone', async () => {
    const stream = createSimulatedStream();
    const reader = createTestReader(stream, [createTestConsumer('audit')]);
    await reader.step(2);

    stream.setStatus('NONE');
    stream.fail('GetRecords', 'ResourceNotFoundException');
    await reader.step(3);

    expect(reader.status()).toEqual({ state: { kind: 'no-stream' }, shards: [] });
  });

  it('forgets a shard that is gone', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('audit');
    const reader = createTestReader(stream, [consumer]);
    stream.addShard();
    await reader.step(2);

    stream.drop('shard-1');
    stream.change('a', 'shard-2');
    await reader.step(4);

    expect(reader.held()).toEqual(['shard-2']);
    expect(consumer.versionsOf('a')).toEqual([1]);
  });
});
