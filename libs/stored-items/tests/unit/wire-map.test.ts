import { marshall } from '@aws-sdk/util-dynamodb';
import { toWireMap } from '@cnop/stored-items';
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
