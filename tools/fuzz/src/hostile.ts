import fc from 'fast-check';

/** Texts that parsers have stumbled over elsewhere: names of the prototype, broken Unicode, numbers that are none, injections. */
const knownTroublemakers = [
  ...'__proto__ constructor prototype toString hasOwnProperty 😀 İ ß ﬃ é # %23 ＃ / ~1 ../../etc/passwd ${7*7} null'.split(
    ' ',
  ),
  ...'NaN Infinity -Infinity -0 +1 00 01 1. .1 1e400 1E3 0x10 1_000 1,000 ١ １ 9007199254740993 undefined true {} []'.split(
    ' ',
  ),
  ...'2026-02-30 2026-01-02T24:00:00Z 2026-01-02T03:04:60Z 0000-01-01T00:00:00Z -000001-01-01T00:00:00Z'.split(' '),
  ...'+275760-09-13T00:00:00.001Z 2026-01-02T03:04:05.678+00:00'.split(' '),
  ...['', ' ', '\0', '\n', '\r\nX-Injected: 1', '\ud800', 'a\udc00b', '\ufeff', '\u202e', '\u2028', ' 1', '1\n'],
  ...["'; --", '<!ENTITY x "y">', '[object Object]'],
];

const codeUnits = fc.nat({ max: 0xffff }).map((unit) => String.fromCharCode(unit));
const longTexts = fc
  .record({ part: fc.constantFrom('a', 'A', '0', '9', ' ', '-', '.', '\ud800', '😀', '#'), length: fc.nat(10_000) })
  .map(({ part, length }) => part.repeat(length));

/** Texts from outside, of any code units, lone surrogates and NUL among them; one in ten up to ten thousand characters. */
export const hostileTexts: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...knownTroublemakers) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 2, arbitrary: fc.string({ unit: codeUnits, maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 300 }) },
  { weight: 1, arbitrary: longTexts },
);

const { NaN: none, MIN_VALUE, MAX_VALUE, MAX_SAFE_INTEGER, MIN_SAFE_INTEGER } = Number;
const hostileNumbers = fc.oneof(
  fc.constantFrom(none, Infinity, -Infinity, -0, 0, -1, 0.1, 1.5, MIN_VALUE, MAX_VALUE, MAX_SAFE_INTEGER + 1),
  fc.constantFrom(MIN_SAFE_INTEGER - 1),
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
const deeplyNested = fc.record({ depth: fc.constantFrom(10, 1_000, 20_000), isList: fc.boolean() }).map((nesting) => {
  let value: unknown = 'deep';
  for (let level = 0; level < nesting.depth; level += 1) value = nesting.isList ? [value] : { nested: value };
  return value;
});

/** A copy of the object with one more own property, `__proto__` included, as `JSON.parse` would make it. */
export const withOwnProperty = (target: object, name: string, value: unknown): object =>
  Object.defineProperty({ ...target }, name, { value, enumerable: true, configurable: true, writable: true });

/** Objects with own properties by the names that reach a prototype. */
const prototypeKeys = fc
  .record({ name: fc.constantFrom('__proto__', 'constructor', 'prototype'), text: hostileTexts })
  .map(({ name, text }) => withOwnProperty({}, name, { polluted: text, isAdmin: true, prototype: { polluted: text } }));

const anyKind = { withBigInt: true, withBoxedValues: true, withDate: true, withMap: true, withNullPrototype: true };

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
  { weight: 2, arbitrary: fc.anything({ ...anyKind, withSet: true, withSparseArray: true, withTypedArray: true }) },
);
