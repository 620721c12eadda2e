import { createSimulatedStream } from '../support/simulated-stream.ts';
import { createTestConsumer, createTestReader, createWorld } from '../support/test-reader.ts';

/** A stream of several open shards, with readers in as many processes. */
function setup({ shards = 4, processes = 2 } = {}) {
  const stream = createSimulatedStream();
  for (let count = 1; count < shards; count += 1) stream.addShard();
  const world = createWorld();
  const consumer = createTestConsumer('audit');
  const readers = Array.from({ length: processes }, (_, index) =>
    createTestReader(stream, [consumer], { world, owner: `process-${index}` }),
  );
  const step = async (times: number, members = readers) => {
    for (let count = 0; count < times; count += 1) {
      world.clock.advance(1_000);
      for (const reader of members) await reader.poll();
    }
  };

  return { stream, world, consumer, readers, step, held: () => readers.map((reader) => reader.held().length) };
}

describe('the leases of shards', () => {
  it('are all taken by the only process', async () => {
    const { step, held } = setup({ processes: 1 });

    await step(1);

    expect(held()).toEqual([4]);
  });

  it('are shared with a process that comes later', async () => {
    const { step, held, readers } = setup();
    await step(5, readers.slice(0, 1));
    expect(held()).toEqual([4, 0]);

    await step(20);

    expect(held()).toEqual([2, 2]);
  });

  it.each([
    [5, 2, [2, 3]],
    [4, 3, [1, 1, 2]],
    [2, 3, [0, 1, 1]],
    [1, 2, [0, 1]],
  ])('%d are shared by %d processes, and stay where they are', async (shards, processes, expected) => {
    const { step, held, stream, consumer } = setup({ shards, processes });
    await step(60);

    const before = held();
    await step(20);
    for (const shardId of stream.openShards()) stream.change('a', shardId);
    await step(1);

    expect(held()).toEqual(before);
    expect([...before].sort()).toEqual(expected);
    expect(consumer.versionsOf('a').sort()).toEqual(Array.from({ length: shards }, (_, index) => index + 1));
  });

  it('of a process that is gone are taken after 10 s', async () => {
    const { step, held, readers } = setup({ shards: 1 });
    await step(1, readers.slice(0, 1));

    await step(10, readers.slice(1));
    expect(held()).toEqual([1, 0]);
    await step(5, readers.slice(1));

    expect(held()).toEqual([1, 1]);
  });

  it('of a process that stops are taken at once', async () => {
    const { step, held, readers } = setup();
    await step(10);
    await readers[0]!.stop();

    await step(4, readers.slice(1));

    expect(held()[1]).toBe(4);
  });

  it('are taken 10 s after the clock was set back, however far', async () => {
    const { step, held, readers, world } = setup({ shards: 1 });
    await step(1, readers.slice(0, 1));
    await step(8, readers.slice(1));

    world.clock.advance(-3_600_000);
    await step(9, readers.slice(1));
    expect(held()[1]).toBe(0);
    await step(6, readers.slice(1));

    expect(held()[1]).toBe(1);
  });

  it('are renewed where the clock is set back', async () => {
    const { step, world, readers } = setup({ shards: 1 });
    await step(1, readers.slice(0, 1));
    const [before] = [...world.leases.leases.values()];

    world.clock.advance(-3_600_000);
    await step(1, readers.slice(0, 1));

    expect([...world.leases.leases.values()][0]?.token).not.toBe(before?.token);
  });

  it('that another process took are given up', async () => {
    const { step, held, readers, world } = setup({ shards: 1 });
    await step(1, readers.slice(0, 1));
    const [lease] = [...world.leases.leases.values()];
    world.leases.leases.set(lease!.name, { ...lease!, owner: 'another', token: 'theirs' });

    await step(4, readers.slice(0, 1));

    expect(held()[0]).toBe(0);
  });

  it('are taken back where the response to a put was lost', async () => {
    const { world, stream, consumer } = setup({ shards: 1, processes: 0 });
    const { put } = world.leases;
    const reader = createTestReader(stream, [consumer], {
      world,
      leaseStore: {
        ...world.leases,
        put: async (lease, seen) => {
          await put(lease, seen);
          throw new Error('The response was lost.');
        },
      },
    });
    stream.change('a');

    await reader.step(10);

    expect(reader.problems.map(({ kind }) => kind)).toContain('lease');
    expect(world.leases.leases.size).toBe(1);
  });

  it('do not matter to a reader that cannot reach their table', async () => {
    const { step, stream, consumer, world, readers } = setup({ shards: 1, processes: 1 });
    await step(1);
    world.leases.setDown(true);
    stream.change('a');

    await step(30);

    expect(consumer.versionsOf('a')).toEqual([1]);
    expect(readers[0]!.problems).toContainEqual(expect.objectContaining({ kind: 'lease', attempt: 2 }));
    await readers[0]!.stop();
    expect(readers[0]!.problems.at(-1)).toMatchObject({ kind: 'lease' });
  });

  it('that two processes believe in cost a second delivery and nothing else', async () => {
    const { step, stream, consumer, readers } = setup({ shards: 1 });
    await step(1, readers.slice(0, 1));
    await step(15, readers.slice(1));

    stream.change('a');
    await readers[1]!.poll();
    await readers[0]!.poll();
    stream.change('a');
    await step(10);

    expect(new Set(consumer.versionsOf('a'))).toEqual(new Set([1, 2]));
    expect([...consumer.checkpoints.positions.values()]).toEqual(['2']);
  });
});
