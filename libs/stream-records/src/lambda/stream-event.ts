import { type StreamRecord, toStreamRecord, type WireRecord } from '../stream-record.ts';

/** What Lambda gives a function whose event source is a DynamoDB stream; the `DynamoDBStreamEvent` of `@types/aws-lambda` is one. */
export interface StreamEvent {
  readonly Records: readonly object[];
  /** Only of a mapping with a tumbling window. */
  readonly shardId?: string | undefined;
  /** Only of a mapping with a tumbling window. */
  readonly window?: object | undefined;
  readonly state?: object | undefined;
}

/** What Lambda reads of the response, if the mapping reports batch item failures. */
export interface StreamResponse {
  /** Lambda repeats the batch from the lowest of these on. */
  readonly batchItemFailures: { readonly itemIdentifier: string }[];
  /** Only for a mapping with a tumbling window: as it was given. */
  readonly state?: object;
}

/** Where the records of a call come from. */
export interface StreamEventContext {
  /** What all records of the call have in common: by default the item's partition. */
  readonly group: string;
  /** The label of the stream, if its ARN has one. */
  readonly streamLabel?: string;
  /** Only of a mapping with a tumbling window. */
  readonly shardId?: string;
}

interface EventRecord extends WireRecord {
  readonly eventSourceARN?: string | undefined;
  readonly dynamodb?: WireRecord['dynamodb'] & {
    /** In seconds since 1970. */
    readonly ApproximateCreationDateTime?: number | undefined;
  };
}

/**
 * Decodes the records of an event, in their order.
 *
 * @throws TypeError when it is no event of a DynamoDB stream.
 */
export function readEvent({ Records }: StreamEvent): StreamRecord[] {
  return Records.map((record) => {
    const { dynamodb, ...rest } = record as EventRecord;
    const at = new Date((dynamodb?.ApproximateCreationDateTime ?? 0) * 1_000);

    return toStreamRecord({ ...rest, dynamodb: withBytes(dynamodb) }, at);
  });
}

/** The label of the stream that an event comes from. */
export function streamLabelOf({ Records }: StreamEvent): string | undefined {
  const { eventSourceARN: arn = '' } = (Records.at(0) ?? {}) as EventRecord;

  return /\/stream\/(.+)$/.exec(arn)?.[1];
}

/** Images as the SDK has them: in an event, which is JSON, binary values are base64. */
function withBytes<TValue>(value: TValue): TValue {
  if (Array.isArray(value)) return value.map(withBytes) as TValue;
  if (typeof value !== 'object' || value === null) return value;

  const entries = Object.entries(value).map(([name, inner]: [string, unknown]) => [name, bytesOf(name, inner)]);
  return Object.fromEntries(entries) as TValue;
}

/** A text under `B`, or a list of texts under `BS`, is binary: an attribute of such a name has an object there. */
function bytesOf(name: string, value: unknown): unknown {
  if (name === 'B' && typeof value === 'string') return Buffer.from(value, 'base64');
  if (name === 'BS' && Array.isArray(value)) return value.map((text) => Buffer.from(String(text), 'base64'));

  return withBytes(value);
}
