import { createHash } from 'node:crypto';

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

/** What can be hashed: plain data, with bigints, and nothing whose meaning is not in its own properties. */
export type Hashable =
  string | number | bigint | boolean | null | undefined | readonly Hashable[] | { readonly [key: string]: Hashable };

/**
 * Writes plain data as one text: equal data give equal texts, different data different ones.
 *
 * JSON with sorted keys and without undefined properties, but a bigint is its digits and an "n" (`1n`), which no other
 * value can be.
 *
 * @throws TypeError on what has no such text: NaN and infinities, undefined in an array, functions, symbols, and
 *   objects that are not plain.
 */
function canonicalText(value: Hashable): string {
  if (typeof value === 'bigint') {
    return `${value.toString()}n`;
  }
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) {
    return JSON.stringify(value);
  }
  if (isArray(value)) {
    return `[${Array.from(value, canonicalText).join(',')}]`;
  }
  if (isPlainObject(value)) {
    return `{${canonicalProperties(value).join(',')}}`;
  }
  throw new TypeError('This value has no canonical text.');
}

function canonicalProperties(value: Readonly<Record<string, Hashable>>): string[] {
  return Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalText(value[key])}`);
}

/** `Array.isArray` does not narrow to a readonly array. */
function isArray(value: Hashable): value is readonly Hashable[] {
  return Array.isArray(value);
}

function isPlainObject(value: Hashable): value is Readonly<Record<string, Hashable>> {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
