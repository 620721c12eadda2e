import { createStreamReader, type StreamReaderOptions } from '@cnop/stream-records';
import { createMemoryLeases } from '../support/memory-stores.ts';
import { createSimulatedStream } from '../support/simulated-stream.ts';
import { createTestConsumer } from '../support/test-reader.ts';
import { thrownBy } from '../support/thrown-by.ts';

const valid: StreamReaderOptions = {
  client: createSimulatedStream().client,
  tableName: 'things',
  leaseStore: createMemoryLeases(),
  consumers: [createTestConsumer('audit')],
};

describe('the options of a reader', () => {
  it('need no more than a client, a table, leases and consumers', () => {
    expect(createStreamReader(valid).status()).toEqual({ state: { kind: 'starting' }, shards: [] });
  });

  it.each<[string, Partial<StreamReaderOptions>, string]>([
    ['tableName', { tableName: '' }, 'is required'],
    ['owner', { owner: '' }, 'must not be empty'],
    ['consumers', { consumers: [] }, 'must be at least one'],
    ['consumers', { consumers: [createTestConsumer('')] }, 'must have names, each another one'],
    [
      'consumers',
      { consumers: [createTestConsumer('one'), createTestConsumer('one')] },
      'must have names, each another one',
    ],
    ['pollMs', { pollMs: 0 }, 'must be above 0'],
    ['leaseMs', { leaseMs: 999 }, 'must be at least 1,000'],
    ['refreshMs', { refreshMs: Number.NaN }, 'must be above 0'],
  ])('are refused with a wrong %s: %j', (setting, options, rule) => {
    expect(thrownBy(() => createStreamReader({ ...valid, ...options }))).toMatchObject({
      code: 'CONFIGURATION_INVALID',
      details: { settings: [{ setting, rule }] },
    });
  });

  it('have defaults by which it runs on the machine', async () => {
    const stream = createSimulatedStream();
    const consumer = createTestConsumer('audit');
    stream.change('a');
    stream.fail('GetRecords', 'ExpiredIteratorException');
    consumer.fail(1);
    const reader = createStreamReader({
      client: stream.client,
      tableName: 'things',
      leaseStore: createMemoryLeases(),
      consumers: [consumer],
      retry: { baseDelayMs: 1, maxDelayMs: 1 },
      pollMs: 1,
    });

    while (consumer.changes.length === 0) await reader.poll();
    await reader.stop();

    expect(consumer.versionsOf('a')).toEqual([1]);
  });
});
