import { createHash } from 'node:crypto';

import fc from 'fast-check';

import { requestHash, type Hashable, type HashableBody } from '@cnop/utils';

/** Bodies of any depth, as a request may have them. */
const { body: bodies } = fc.letrec<{ value: Hashable; body: HashableBody }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.bigInt(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    tie('body'),
  ),
  body: fc.dictionary(fc.string(), tie('value')),
}));

function reversed(value: Hashable): Hashable {
  if (Array.isArray(value)) {
    return value.map(reversed);
  }
  return value !== null && typeof value === 'object'
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, inner]) => [key, reversed(inner)]),
      )
    : value;
}

describe(requestHash, () => {
  it('is the SHA-256 of the canonical text, base64url', () => {
    const text = '["placeOrder",{"amountMinor":1250n,"legs":[null,true,-0.5],"note":"a\\"b"}]';

    const hash = requestHash('placeOrder', { note: 'a"b', legs: [null, true, -0.5], amountMinor: 1_250n });

    expect(hash).toBe(createHash('sha256').update(text).digest('base64url'));
    expect(hash).toMatch(/^[\w-]{43}$/);
  });

  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        expect(requestHash('op', reversed(body) as HashableBody)).toBe(requestHash('op', body));
      }),
    );
  });

  it('drops undefined properties', () => {
    expect(requestHash('op', { a: 1n, b: undefined })).toBe(requestHash('op', { a: 1n }));
  });

  it('takes the properties of an object without prototype', () => {
    const body = Object.assign(Object.create(null) as HashableBody, { a: 1n });

    expect(requestHash('op', body)).toBe(requestHash('op', { a: 1n }));
  });

  it('tells one value from another, whatever its type', () => {
    const values: Hashable[] = [
      1n,
      1,
      '1',
      '1n',
      -1n,
      1.5,
      '',
      ' 1',
      null,
      'null',
      true,
      'true',
      false,
      [],
      [1n],
      [[1n]],
      [1n, 1n],
      ['1,1'],
      {},
      { 1: 1n },
      { a: { b: 1n } },
      { 'a.b': 1n },
      { $bigint: '1' },
      { a: null },
    ];

    const hashes = values.map((value) => requestHash('op', { value }));

    expect(new Set(hashes).size).toBe(values.length);
  });

  it('tells one operation from another', () => {
    expect(requestHash('deposit', { amountMinor: 1n })).not.toBe(requestHash('withdraw', { amountMinor: 1n }));
  });

  it('differs when any one amount differs', () => {
    fc.assert(
      fc.property(bodies, fc.bigInt(), fc.bigInt(), (body, left, right) => {
        const [leftHash, rightHash] = [left, right].map((amountMinor) => requestHash('op', { ...body, amountMinor }));

        expect(leftHash === rightHash).toBe(left === right);
      }),
    );
  });

  it.each<[string, unknown]>([
    ['NaN', NaN],
    ['infinity', Infinity],
    ['a date', new Date(0)],
    ['a map', new Map([['a', 1]])],
    ['a function', () => 1],
    ['a symbol', Symbol('a')],
    ['undefined in an array', [undefined]],
    ['a hole in an array', new Array(1)],
  ])('refuses %s', (_name, value) => {
    expect(() => requestHash('op', { value: value as Hashable })).toThrow(TypeError);
  });
});
