import { createHash } from 'node:crypto';

import { sharedErrors } from '@cnop/exceptions';

/** The longest cursor there is, in characters. */
export const MAX_CURSOR_LENGTH = 1024;

const CHECKSUM_BYTES = 16;

/**
 * Makes the opaque cursor of a page: where the next one starts, bound to the query that it continues.
 *
 * The cursor is base64url; it carries the position readably and the binding not at all, so put what a client must not
 * see or choose (the partition key) into the binding. Its checksum is no signature: it shows a damaged or misused
 * cursor, and one who knows the binding can compute it, so a position must be harmless within its query.
 *
 * @param position - where the next page starts, e.g. the sort key of the last item.
 * @param binding - what the query is: its name, its partition key, its filters.
 * @throws RangeError when the cursor would exceed {@link MAX_CURSOR_LENGTH}.
 * @see {@link decodeCursor} for the reverse.
 */
export function encodeCursor(position: readonly string[], binding: readonly string[]): string {
  const payload = Buffer.from(JSON.stringify(position));
  const cursor = Buffer.concat([checksum(payload, binding), payload]).toString('base64url');
  if (cursor.length > MAX_CURSOR_LENGTH) {
    throw new RangeError('The position is too long for a cursor.');
  }
  return cursor;
}

/**
 * Reads the position out of a cursor that {@link encodeCursor} made for the same query.
 *
 * @param binding - exactly what the cursor was made with.
 * @throws {@link sharedErrors.InvalidCursorError} when the cursor was altered in any way, made up, or made for another query. Never
 *   carries the cursor.
 */
export function decodeCursor(cursor: string, binding: readonly string[]): string[] {
  if (cursor.length > MAX_CURSOR_LENGTH) {
    throw new sharedErrors.InvalidCursorError({ reason: 'too-long' });
  }
  const bytes = Buffer.from(cursor, 'base64url');
  // Node's decoder skips foreign characters and spare bits: only the one canonical text of these bytes is taken.
  if (bytes.toString('base64url') !== cursor) {
    throw new sharedErrors.InvalidCursorError({ reason: 'malformed' });
  }
  const payload = bytes.subarray(CHECKSUM_BYTES);
  if (!checksum(payload, binding).equals(bytes.subarray(0, CHECKSUM_BYTES))) {
    throw new sharedErrors.InvalidCursorError({ reason: 'mismatch' });
  }
  return positionOf(payload);
}

function checksum(payload: Buffer, binding: readonly string[]): Buffer {
  return createHash('sha256').update(JSON.stringify(binding)).update(payload).digest().subarray(0, CHECKSUM_BYTES);
}

/** A right checksum does not prove that we wrote the payload, so it is checked like any other input. */
function positionOf(payload: Buffer): string[] {
  let position: unknown;
  try {
    position = JSON.parse(payload.toString());
  } catch {
    throw new sharedErrors.InvalidCursorError({ reason: 'malformed' });
  }
  if (!Array.isArray(position) || !position.every((part) => typeof part === 'string')) {
    throw new sharedErrors.InvalidCursorError({ reason: 'malformed' });
  }
  return position;
}
