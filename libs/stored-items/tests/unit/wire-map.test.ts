import { marshall } from '@aws-sdk/util-dynamodb';
import { exactNumber, fromWireMap, toWireMap } from '@cnop/stored-items';
import fc from 'fast-check';

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string(),
    fc.maxSafeInteger(),
    fc.double({ min: -1e15, max: 1e15, noNaN: true }),
    fc.bigInt(),
    fc.boolean(),
    fc.constantFrom(null, undefined),
    fc.uint8Array(),
    fc.uniqueArray(fc.string(), { minLength: 1 }).map((texts) => new Set(texts)),
    fc.array(tie('value')),
    fc.dictionary(attributeName(), tie('value')),
  ),
}));

/** The SDK takes an object with a `constructor` for one of a class, and loses `__proto__`. */
function attributeName() {
  return fc.string().filter((name) => name !== 'constructor' && name !== '__proto__');
}

describe(toWireMap, () => {
  it('is what the SDK makes of an item', () => {
    fc.assert(
      fc.property(fc.dictionary(attributeName(), value), (item) => {
        expect(toWireMap(item)).toEqual(marshall(item, { removeUndefinedValues: true }));
      }),
    );
  });

  it.each(['constructor', '__proto__', 'toString'])('stores an attribute named %s', (name) => {
    const item = Object.fromEntries([[name, 'text']]);

    expect(Object.entries(toWireMap(item))).toEqual([[name, { S: 'text' }]]);
  });

  it.each([NaN, Infinity, 2 ** 53, new Set(), Symbol('none'), new Date(0)])('refuses %s', (wrong) => {
    expect(() => toWireMap({ wrong })).toThrow();
  });
});

describe(fromWireMap, () => {
  it('gives back what an item was made of', () => {
    const stored = fc.dictionary(
      attributeName(),
      fc.oneof(fc.string(), fc.maxSafeInteger(), fc.bigInt(2n ** 53n, 10n ** 37n)),
    );

    fc.assert(
      fc.property(stored, (item) => {
        expect(fromWireMap(toWireMap(item))).toEqual(item);
      }),
    );
  });

  it.each(['12345678901234567890.5', '1E130', '92400.00000000000000000001', '0.1', '-0.5'])(
    'keeps the number %s as text, alone and in a set, and loses no attribute beside it',
    (number) => {
      const item = fromWireMap({ rate: { N: number }, rates: { NS: [number] }, note: { S: 'kept' } });

      expect(item).toEqual({ rate: number, rates: new Set([number]), note: 'kept' });
    },
  );
});

describe(exactNumber, () => {
  it.each([
    ['0', 0],
    ['-7', -7],
    ['9007199254740991', 9_007_199_254_740_991],
    ['9007199254740992', 9_007_199_254_740_992n],
    ['-1000000000000000000000000', -(10n ** 24n)],
  ])('reads %s exactly', (text, value) => {
    expect(exactNumber(text)).toBe(value);
  });
});
