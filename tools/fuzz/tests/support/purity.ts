/**
 * What must never come out of a parser, as a phrase; `undefined` when the data are clean: numbers that are not exact integers, broken
 * Unicode, and objects that are not plain data with own properties.
 */
export function impurityOf(data: unknown): string | undefined {
  if (typeof data === 'string') return /\p{Cs}/u.test(data) ? 'a lone surrogate' : undefined;
  if (typeof data === 'number') return Number.isSafeInteger(data) ? undefined : 'a number that is no exact integer';
  if (typeof data === 'function' || typeof data === 'symbol') return `a ${typeof data}`;
  if (typeof data !== 'object' || data === null) return undefined;

  const prototype: unknown = Object.getPrototypeOf(data);
  if (![Object.prototype, Array.prototype, null].some((plain) => plain === prototype)) return 'an object of a class';
  if (Object.hasOwn(data, '__proto__')) return 'a property __proto__';

  return Object.values(data).map(impurityOf).find(Boolean);
}

/** Whether anything has left a mark on the objects that all others inherit from. */
export const isPolluted = (): boolean =>
  [{}, [], '', 0, () => 0].some((value) => 'polluted' in Object(value) || 'isAdmin' in Object(value));

/** What a call throws; `undefined` when it does not. */
export function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}
