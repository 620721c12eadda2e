import { createHash } from 'node:crypto';

import { canonicalText, type Hashable } from './canonical-text.ts';

/** The body of a request as plain data: strings, numbers, bigints, booleans, nulls, arrays and objects of these. */
export type HashableBody = Readonly<Record<string, Hashable>>;

/**
 * The fingerprint of a request: tells a repeat under an idempotency key from another request under the same key.
 *
 * Neither the order of keys nor an undefined property makes a difference; every value and its type does (`1n`, `1` and
 * `"1"` differ). Hash amounts in minor units, so that "1" and "1.0" are one request.
 *
 * @returns the SHA-256 of the operation and the canonical text of its body, base64url, 43 characters.
 * @throws TypeError when the body holds what is not plain data, such as a `Date` or NaN.
 */
export function requestHash(operation: string, body: HashableBody): string {
  return createHash('sha256')
    .update(canonicalText([operation, body]))
    .digest('base64url');
}
