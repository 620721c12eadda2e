/**
 * Reads a stored amount as a bigint.
 *
 * DynamoDB's document client answers a number attribute as `number` when it is small and as `bigint` when it is large;
 * this makes both a bigint, once, where an item is decoded.
 *
 * @throws Error when a `number` is not a safe integer: the stored amount, or the client's configuration, is broken.
 */
export function toMinor(stored: number | bigint): bigint {
  if (typeof stored === 'number' && !Number.isSafeInteger(stored)) {
    throw new Error('A stored amount is not an exact integer.');
  }
  return BigInt(stored);
}
