/** The position after everything that a shard will ever hold. It is after every sequence number. */
export const SHARD_END = 'SHARD_END';

/** Where a consumer begins in a shard of which it has no checkpoint. */
export type StartAt = 'TRIM_HORIZON' | 'LATEST';

/** More digits than any sequence number of DynamoDB has. */
const maxDigits = 40;

/**
 * A sequence number, or {@link SHARD_END}, as a text that sorts as positions do: numbers are integers and may have leading zeros.
 *
 * @throws RangeError when it is neither.
 */
export function sortablePosition(position: string): string {
  if (position === SHARD_END) return position;
  if (!/^\d{1,40}$/.test(position)) throw new RangeError(`'${position}' is no sequence number.`);

  return position.padStart(maxDigits, '0');
}

/** Orders all places that may be read from: the oldest record, those behind a sequence number, what is yet to come. */
export function sortablePlace(place: string): string {
  if (place === 'TRIM_HORIZON') return '';
  return place === 'LATEST' ? '~' : sortablePosition(place);
}

/** Whether a position is after another one of the same shard. */
export const isAfter = (position: string, other: string): boolean =>
  sortablePosition(position) > sortablePosition(other);

/** The name of a shard among all streams of a table, past and present: emulators number records from 1 in each of them. */
export const shardKeyOf = (streamLabel: string, shardId: string): string => `${streamLabel}#${shardId}`;
