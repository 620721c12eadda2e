import fc from 'fast-check';
import { hostileTexts } from './hostile-texts.ts';
import { withOwnProperty } from './with-own-property.ts';

const hostileNumbers = fc.oneof(
  fc.constantFrom(
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    -0,
    0,
    -1,
    0.1,
    1.5,
    Number.MIN_VALUE,
    Number.MAX_VALUE,
    Number.MAX_SAFE_INTEGER + 1,
    Number.MIN_SAFE_INTEGER - 1,
  ),
  fc.double(),
  fc.maxSafeInteger(),
);

const hostileBigInts = fc.oneof(
  fc.constantFrom(-1n, 0n, 10n ** 24n + 1n, -(10n ** 24n) - 1n, 2n ** 64n, 10n ** 38n, 10n ** 400n),
  fc.bigInt(),
);

/** What no JSON can say, but a caller in JavaScript can pass. */
const foreignObjects: fc.Arbitrary<unknown> = fc
  .constantFrom<(() => unknown)[]>(
    () => undefined,
    () => null,
    () => Symbol('hostile'),
    () => () => 'hostile',
    () => new Date(Number.NaN),
    () => new Date(0),
    () => /hostile/,
    () => new Map([['__proto__', 1]]),
    () => new Set(['hostile']),
    () => new Uint8Array(3),
    () => Object.create(null) as unknown,
    () => Object('boxed') as unknown,
    () => Object(1n) as unknown,
    () => ({ length: 2 ** 53 }),
    () => ({ toString: 1, valueOf: 1, toJSON: 1 }),
    () => ({ then: 'hostile' }),
    () => Object.assign(new Array<unknown>(2), { 1: 'sparse' }),
    () => Array.from({ length: 300 }, () => 'many'),
    () => Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`field${index}`, index])),
  )
  .map((make) => make());

/** So deep that a parser which recurses over unknown parts would overflow the stack. */
const deeplyNested = fc.record({ depth: fc.constantFrom(10, 1_000, 20_000), isList: fc.boolean() }).map(nested);

function nested({ depth, isList }: { readonly depth: number; readonly isList: boolean }): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level += 1) value = isList ? [value] : { nested: value };

  return value;
}

/** Objects with own properties by the names that reach a prototype. */
const prototypeKeys = fc
  .record({ name: fc.constantFrom('__proto__', 'constructor', 'prototype'), text: hostileTexts })
  .map(({ name, text }) => withOwnProperty({}, name, { polluted: text, isAdmin: true, prototype: { polluted: text } }));

/** Anything at all, as it may come over an edge or from a caller that ignores the types. */
export const hostileValues: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileTexts },
  { weight: 2, arbitrary: hostileNumbers },
  { weight: 1, arbitrary: hostileBigInts },
  { weight: 1, arbitrary: fc.boolean() },
  { weight: 3, arbitrary: foreignObjects },
  { weight: 1, arbitrary: deeplyNested },
  { weight: 2, arbitrary: prototypeKeys },
  { weight: 2, arbitrary: fc.json().map((text): unknown => JSON.parse(text)) },
  {
    weight: 2,
    arbitrary: fc.anything({
      withBigInt: true,
      withBoxedValues: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
    }),
  },
);
