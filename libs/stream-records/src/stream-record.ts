import { isDeepStrictEqual } from 'node:util';
import { fromWireMap, type RawItem } from '@cnop/stored-items';

/** One change of one item, its numbers decoded as in every read: a large one is a `bigint`. */
export interface StreamRecord {
  /** The same for every delivery of this record. */
  readonly eventId: string;
  readonly kind: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly keys: RawItem;
  /** The item as it is since the change; absent after a removal, and in a stream without new images. */
  readonly newItem?: RawItem;
  /** The item as it was before the change; absent of a new item, and in a stream without old images. */
  readonly oldItem?: RawItem;
  /** Orders the records of a shard: compare them as integers. */
  readonly sequenceNumber: string;
  /** About when, ISO 8601 UTC: DynamoDB rounds to the second, DynamoDB Local to the minute. */
  readonly at: string;
}

type WireMap = Parameters<typeof fromWireMap>[0];

/** What the records of the SDK and those of a Lambda event have in common. */
export interface WireRecord {
  readonly eventID?: string | undefined;
  readonly eventName?: string | undefined;
  readonly dynamodb?: WireChange | undefined;
}

interface WireChange {
  readonly Keys?: WireMap | undefined;
  readonly NewImage?: WireMap | undefined;
  readonly OldImage?: WireMap | undefined;
  readonly SequenceNumber?: string | undefined;
}

const kinds: ReadonlySet<unknown> = new Set<StreamRecord['kind']>(['INSERT', 'MODIFY', 'REMOVE']);
const isKind = (name: unknown): name is StreamRecord['kind'] => kinds.has(name);

/**
 * Decodes a record.
 *
 * @param at - when the change was made, which the SDK and Lambda tell in different ways.
 * @throws TypeError when it is no record of a DynamoDB stream.
 */
export function toStreamRecord({ eventID, eventName, dynamodb }: WireRecord, at: Date): StreamRecord {
  const { Keys, NewImage, OldImage, SequenceNumber } = dynamodb ?? {};
  if (!isKind(eventName) || eventID === undefined || !Keys || !SequenceNumber) {
    throw new TypeError('This is no record of a DynamoDB stream.');
  }

  return {
    eventId: eventID,
    kind: eventName,
    keys: fromWireMap(Keys),
    ...(NewImage && { newItem: fromWireMap(NewImage) }),
    ...(OldImage && { oldItem: fromWireMap(OldImage) }),
    sequenceNumber: SequenceNumber,
    at: at.toISOString(),
  };
}

/** Whether a write left the item as it was: the embedded emulator has a record of that, DynamoDB has none. */
export const changesNothing = ({ newItem, oldItem }: StreamRecord): boolean =>
  newItem !== undefined && oldItem !== undefined && isDeepStrictEqual(newItem, oldItem);
