/** A copy of the object with one more own property, `__proto__` included, as `JSON.parse` would make it. */
export function withOwnProperty(target: object, name: string, value: unknown): object {
  return Object.defineProperty({ ...target }, name, { value, enumerable: true, configurable: true, writable: true });
}
