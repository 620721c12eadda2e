import fc from 'fast-check';
import { hostileTexts, hostileValues, withOwnProperty } from './hostile.ts';

type Path = readonly (string | number)[];
type Change = (old: unknown) => unknown;

/** A value with one thing wrong, and where. */
export interface Spoiled {
  readonly value: unknown;
  /** The property of the whole that was changed; absent if it was the whole itself, or a property was added to it. */
  readonly property?: string | number | undefined;
}

/** Puts a text into a text; anything else it replaces. */
const splice =
  (text: string, at: number): Change =>
  (old) => {
    if (typeof old !== 'string') return text;
    const index = at % (old.length + 1);

    return old.slice(0, index) + text + old.slice(index);
  };

/** Gives an object one more property, a list one more element. */
const add =
  (name: string, value: unknown): Change =>
  (old) =>
    Array.isArray(old) ? [...(old as unknown[]), value] : isPlain(old) ? withOwnProperty(old, name, value) : value;

const names = fc.oneof(fc.constantFrom('__proto__', 'constructor', 'role', 'price', 'status'), hostileTexts);
const changes: fc.Arbitrary<Change> = fc.oneof(
  { weight: 4, arbitrary: hostileValues.map((value) => () => value) },
  { weight: 3, arbitrary: fc.record({ text: hostileTexts, at: fc.nat() }).map(({ text, at }) => splice(text, at)) },
  { weight: 2, arbitrary: fc.record({ name: names, value: hostileValues }).map(({ name, value }) => add(name, value)) },
);

/** A valid example with one part of it replaced, extended or garbled, so that inputs lie just outside the rules, or just within. */
export const spoil = (example: unknown): fc.Arbitrary<Spoiled> =>
  fc
    .record({ path: fc.constantFrom(...pathsOf(example)), change: changes })
    .map(({ path, change }) => ({ value: changeAt(example, path, change), property: path[0] }));

/** Every place in a value, the whole first. */
export function pathsOf(value: unknown): Path[] {
  const parts: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : isPlain(value)
      ? Object.entries(value)
      : [];

  return [[], ...parts.flatMap(([name, part]) => pathsOf(part).map((path) => [name, ...path]))];
}

/** What is at a place in a value. */
export const partAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((whole, name) => (whole as Record<string | number, unknown>)[name], value);

/** A copy of the value that is changed at one place. */
export function changeAt(value: unknown, [name, ...rest]: Path, change: Change): unknown {
  if (name === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.map((part: unknown, index) => (index === name ? changeAt(part, rest, change) : part));
  }
  const whole = value as Record<string, unknown>;

  return withOwnProperty(whole, String(name), changeAt(whole[name], rest, change));
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
