import { sharedErrors } from '@cnop/exceptions';
import { groupBy } from '../group-by.ts';
import { changesNothing, type StreamRecord } from '../stream-record.ts';
import {
  readEvent,
  type StreamEvent,
  type StreamEventContext,
  streamLabelOf,
  type StreamResponse,
} from './stream-event.ts';

/** What {@link createStreamHandler} takes: one of `onRecords` and `onRecord`. */
export interface StreamHandlerOptions {
  /** Works all records of a group at once, in their order; if it throws, all of them are repeated. */
  readonly onRecords?: (records: readonly StreamRecord[], context: StreamEventContext) => Promise<void>;
  /** Works one record; if it throws, the later ones of its group are not begun, and it is repeated with them. */
  readonly onRecord?: (record: StreamRecord, context: StreamEventContext) => Promise<void>;
  /** What must be worked in order; groups are worked side by side. Default: the partition `pk` of the item, or all of its keys. */
  readonly groupBy?: (record: StreamRecord) => string;
  /** How many groups are worked at once. Default: 10. */
  readonly maxGroupsAtOnce?: number;
  /** Learns why a group failed, for the log: the response does not say it. */
  readonly onFailure?: (error: unknown, record: StreamRecord) => void;
}

/** A function for a DynamoDB event source. */
export type StreamHandler = (event: StreamEvent) => Promise<StreamResponse>;

/**
 * Makes the handler of a Lambda function whose event source is a DynamoDB stream, for a mapping with `ReportBatchItemFailures`.
 *
 * A response names the first record of each group that did not get through. Lambda repeats from the lowest of them, so records of
 * other groups behind it come again: each is delivered at least once. Within a group nothing is worked before what precedes it.
 *
 * The handler throws a TypeError for an event of another kind, and Lambda then repeats the whole batch.
 *
 * @throws {@link sharedErrors.ConfigurationError} when not exactly one of `onRecords` and `onRecord` is given.
 * @example
 * export const handler = createStreamHandler({ onRecord: async ({ newItem }) => { console.log(newItem); } });
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html}
 */
export function createStreamHandler(options: StreamHandlerOptions): StreamHandler {
  const { groupBy: keyOf = partitionOf, maxGroupsAtOnce = 10, onFailure } = options;
  const workGroup = groupWorkerOf(options);

  if (!(maxGroupsAtOnce >= 1)) refuse('maxGroupsAtOnce', 'must be at least 1');
  return async (event) => {
    const records = readEvent(event).filter((record) => !changesNothing(record));
    const groups = [...groupBy(records, keyOf)];
    const failures = new Set<StreamRecord>();

    async function workSome(): Promise<void> {
      for (let next = groups.shift(); next; next = groups.shift()) {
        const [group, inGroup] = next;
        const failure = await workGroup(inGroup, contextOf(event, group));

        if (failure) {
          failures.add(failure.record);
          onFailure?.(failure.error, failure.record);
        }
      }
    }

    await Promise.all(Array.from({ length: Math.min(maxGroupsAtOnce, groups.length) }, workSome));
    const inOrder = records.filter((record) => failures.has(record));
    return {
      batchItemFailures: inOrder.map(({ sequenceNumber }) => ({ itemIdentifier: sequenceNumber })),
      ...(event.window && { state: event.state ?? {} }),
    };
  };
}

interface GroupFailure {
  readonly record: StreamRecord;
  readonly error: unknown;
}

type GroupWorker = (records: readonly StreamRecord[], context: StreamEventContext) => Promise<GroupFailure | undefined>;

/** Works a group up to its first failure. */
function groupWorkerOf({ onRecords, onRecord }: StreamHandlerOptions): GroupWorker {
  if ((onRecords === undefined) === (onRecord === undefined)) refuse('onRecords', 'must be given, or else onRecord');

  return async (records, context) => {
    const steps = onRecord
      ? records.map((record) => ({ record, work: () => onRecord(record, context) }))
      : records.slice(0, 1).map((record) => ({ record, work: async () => onRecords?.(records, context) }));

    for (const { record, work } of steps) {
      try {
        await work();
      } catch (error) {
        return { record, error };
      }
    }
    return undefined;
  };
}

function partitionOf({ keys }: StreamRecord): string {
  const { pk } = keys;

  return typeof pk === 'string' ? pk : JSON.stringify(Object.values(keys).map(String));
}

function contextOf(event: StreamEvent, group: string): StreamEventContext {
  const streamLabel = streamLabelOf(event);

  return {
    group,
    ...(streamLabel !== undefined && { streamLabel }),
    ...(event.shardId !== undefined && { shardId: event.shardId }),
  };
}

function refuse(setting: string, rule: string): never {
  throw new sharedErrors.ConfigurationError({ settings: [{ setting, rule }] });
}
