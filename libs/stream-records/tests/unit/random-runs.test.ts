import * as fc from 'fast-check';
import { createSimulatedStream, type SimulatedStream } from '../support/simulated-stream.ts';
import { createTestConsumer, createTestReader, createWorld, type TestConsumer } from '../support/test-reader.ts';

type Event =
  | { readonly kind: 'change'; readonly key: string }
  | { readonly kind: 'poll' | 'restart' | 'vanish'; readonly process: number; readonly seconds: number }
  | { readonly kind: 'split'; readonly index: number; readonly into: number }
  | { readonly kind: 'consumer' | 'checkpoint'; readonly consumer: number; readonly times: number }
  | { readonly kind: 'request'; readonly target: string; readonly error: string }
  | { readonly kind: 'clock'; readonly seconds: number }
  | { readonly kind: 'expire' };

const processes = 3;
const process = fc.nat(processes - 1);
const seconds = fc.integer({ min: 0, max: 15 });

const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('change'), key: fc.constantFrom('a', 'b', 'c', 'd') }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('poll'), process, seconds }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('restart', 'vanish'), process, seconds }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('split'), index: fc.nat(3), into: fc.constantFrom(1, 2) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('consumer', 'checkpoint'),
      consumer: fc.nat(1),
      times: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('request'),
      target: fc.constantFrom('ListStreams', 'DescribeStream', 'GetShardIterator', 'GetRecords'),
      error: fc.constantFrom('LimitExceededException', 'InternalServerError', 'ExpiredIteratorException'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('clock'), seconds: fc.integer({ min: -7_200, max: 7_200 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('expire') }) },
);

/** Several processes over one stream, each with a reader for the same two consumers. */
function createRun() {
  const stream = createSimulatedStream({ pageSize: 3 });
  const world = createWorld();
  const consumers = [createTestConsumer('one'), createTestConsumer('two')];
  const open = () => createTestReader(stream, consumers, { world, refreshMs: 5_000 });
  const readers = Array.from({ length: processes }, open);
  const written = new Map<string, number>();

  async function apply(happening: Event): Promise<void> {
    switch (happening.kind) {
      case 'change':
        written.set(happening.key, stream.change(happening.key).version);
        break;
      case 'poll':
        world.clock.advance(happening.seconds * 1_000);
        await readers[happening.process]!.poll();
        break;
      case 'restart':
        await readers[happening.process]!.stop();
        readers[happening.process] = open();
        break;
      case 'vanish':
        readers[happening.process] = open();
        break;
      case 'split':
        splitAny(stream, happening.index, happening.into);
        break;
      case 'consumer':
        consumers[happening.consumer]!.fail(happening.times);
        break;
      case 'checkpoint':
        consumers[happening.consumer]!.checkpoints.failNext(happening.times);
        break;
      case 'request':
        stream.fail(happening.target, happening.error);
        break;
      case 'clock':
        world.clock.advance(happening.seconds * 1_000);
        break;
      case 'expire':
        stream.expireIterators();
    }
  }

  /** What is missing or was delivered too early. */
  const faults = () => [...written].flatMap(([key, count]) => consumers.flatMap((each) => faultsOf(each, key, count)));

  /** Nothing fails any more: polls until everything is there, and gives up some time after the longest wait. */
  async function settle(): Promise<string[]> {
    for (const consumer of consumers) {
      consumer.fail(0);
      consumer.checkpoints.failNext(0);
    }
    for (let round = 0; round < 100 && faults().length > 0; round += 1)
      for (const reader of readers) await reader.step();
    return faults();
  }

  return { consumers, apply, settle };
}

function splitAny(stream: SimulatedStream, index: number, into: number): void {
  const open = stream.openShards();

  stream.split(open[index % open.length]!, into);
}

/** What was delivered of one item: each version, and none before the one that precedes it was. */
function faultsOf({ versionsOf }: TestConsumer, key: string, written: number): string[] {
  let newest = 0;
  const faults: string[] = [];

  for (const version of versionsOf(key)) {
    if (version > newest + 1) faults.push(`${key}: ${version} after ${newest}`);
    newest = Math.max(newest, version);
  }
  return newest === written ? faults : [...faults, `${key}: ${newest} of ${written}`];
}

describe('random runs of three processes and two consumers', () => {
  it('deliver every record at least once, and those of an item in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 20, maxLength: 80 }), async (events) => {
        const { consumers, apply, settle } = createRun();
        for (const each of events) await apply(each);

        expect(await settle()).toEqual([]);
        expect(consumers.flatMap(({ gaps }) => gaps)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
