import {
  createStreamReader,
  type CheckpointStore,
  type StartAt,
  type StreamConsumer,
  type StreamGap,
  type StreamProblem,
  type StreamReaderOptions,
  type StreamRecord,
} from '@cnop/stream-records';
import { createManualClock, type ManualClock } from '@cnop/utils';
import { createMemoryCheckpoints, createMemoryLeases } from './memory-stores.ts';
import type { Change, SimulatedStream } from './simulated-stream.ts';

/** A wait that never ends: a poll of a test waits for its consumers instead. */
const never = (): Promise<void> => new Promise(() => undefined);

/** A consumer that notes what it gets, and fails when it is told to. */
export function createTestConsumer(name: string, { startAt = 'TRIM_HORIZON' }: { startAt?: StartAt } = {}) {
  const checkpoints = createMemoryCheckpoints();
  const changes: Change[] = [];
  const batches: (readonly StreamRecord[])[] = [];
  const shardIds: string[] = [];
  const gaps: StreamGap[] = [];
  let failures = 0;
  const failIfTold = () => {
    if (failures === 0) return;
    failures -= 1;
    throw new Error(`${name} failed.`);
  };

  const consumer: StreamConsumer = {
    name,
    startAt,
    checkpoints,
    onRecords: async (records, { shardId }) => {
      batches.push(records);
      failIfTold();
      changes.push(...records.map(changeOf));
      shardIds.push(...records.map(() => shardId));
    },
    onGap: async (gap) => {
      failIfTold();
      gaps.push(gap);
    },
  };

  return {
    ...consumer,
    checkpoints: checkpoints as CheckpointStore & typeof checkpoints,
    changes,
    batches,
    shardIds,
    gaps,
    versionsOf: (key: string) => changes.filter((change) => change.key === key).map(({ version }) => version),
    fail: (times = 1) => {
      failures = times;
    },
  };
}

export type TestConsumer = ReturnType<typeof createTestConsumer>;

const changeOf = ({ keys, newItem }: StreamRecord): Change => ({
  key: String(keys['pk']),
  version: Number(newItem?.['version']),
});

/** What the processes of a test share. */
export function createWorld() {
  return { clock: createManualClock('2030-01-01T00:00:00Z'), leases: createMemoryLeases() };
}

interface TestReaderOptions extends Partial<StreamReaderOptions> {
  readonly world?: { readonly clock: ManualClock; readonly leases: ReturnType<typeof createMemoryLeases> };
}

/** A reader of a simulated stream that a test steps: a second passes with each poll. */
export function createTestReader(
  stream: SimulatedStream,
  consumers: readonly StreamConsumer[],
  { world = createWorld(), ...options }: TestReaderOptions = {},
) {
  const { clock, leases } = world;
  const problems: StreamProblem[] = [];
  const reader = createStreamReader({
    client: stream.client,
    tableName: 'things',
    leaseStore: leases,
    consumers,
    clock,
    random: () => 0.5,
    sleep: never,
    onProblem: (problem) => problems.push(problem),
    ...options,
  });

  return {
    ...reader,
    clock,
    leases,
    problems,
    held: () =>
      reader
        .status()
        .shards.filter(({ isHeld }) => isHeld)
        .map(({ shardId }) => shardId),
    /** Polls that often, a second each. */
    step: async (times = 1) => {
      let records = 0;

      for (let step = 0; step < times; step += 1) {
        clock.advance(1_000);
        records += await reader.poll();
      }
      return records;
    },
  };
}
