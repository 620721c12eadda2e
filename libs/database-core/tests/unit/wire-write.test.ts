import { marshall } from '@aws-sdk/util-dynamodb';
import { DatabaseError } from '@cnop/exceptions';
import fc from 'fast-check';
import { toWireMap, toWireWrite } from '../../src/wire-write.ts';

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

describe(toWireWrite, () => {
  const expression = { ExpressionAttributeValues: { ':a': 1n } };
  const wireExpression = { ExpressionAttributeValues: { ':a': { N: '1' } } };
  const oldItem = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
  const key = { TableName: 'things', Key: { pk: 'a' } };
  const wireKey = { TableName: 'things', Key: { pk: { S: 'a' } } };

  it('turns each kind of write into its wire form, asking for the old item', () => {
    const UpdateExpression = 'SET a = :a';

    expect(toWireWrite({ Put: { TableName: 'things', Item: { pk: 'a' }, ...expression } })).toEqual({
      Put: { TableName: 'things', Item: { pk: { S: 'a' } }, ...wireExpression, ...oldItem },
    });
    expect(toWireWrite({ Update: { ...key, UpdateExpression, ...expression } })).toEqual({
      Update: { ...wireKey, UpdateExpression, ...wireExpression, ...oldItem },
    });
    expect(toWireWrite({ Delete: key })).toEqual({ Delete: { ...wireKey, ...oldItem } });
    expect(toWireWrite({ ConditionCheck: { ...key, ConditionExpression: 'a = :a', ...expression } })).toEqual({
      ConditionCheck: { ...wireKey, ConditionExpression: 'a = :a', ...wireExpression, ...oldItem },
    });
  });

  it('refuses a value that cannot be stored, as a failure that is certain', () => {
    const write = () => toWireWrite({ Put: { TableName: 'things', Item: { pk: 'a', at: new Date(0) } } });

    expect(write).toThrow(DatabaseError);
  });

  it('refuses a write that is none', () => {
    expect(() => toWireWrite({})).toThrow('one of put, update, delete and condition check');
  });
});
