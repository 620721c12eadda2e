import { compareValues, readValue, sameValue, type AttributeValue } from '../../src/store/attribute-value.ts';
import { errorNamed } from '../support/error-named.ts';

const refusal = errorNamed('ValidationException');

describe(readValue, () => {
  it('brings numbers into one form, wherever they are', () => {
    expect(readValue({ M: { a: { L: [{ N: '1.0' }] }, b: { NS: ['01', '2e1'] } } })).toEqual({
      M: { a: { L: [{ N: '1' }] }, b: { NS: ['1', '20'] } },
    });
  });

  it.each([
    [{ S: 'a', N: '1' }],
    [{ X: 'a' }],
    [{}],
    [{ SS: [] }],
    [{ SS: ['a', 'a'] }],
    [{ BS: ['YQ==', 'YQ=='] }],
    [{ NS: ['1', '1.0'] }],
    [{ NULL: false }],
  ])('refuses %j', (raw) => {
    expect(() => readValue(raw)).toThrow(refusal);
  });
});

describe(sameValue, () => {
  it.each<[AttributeValue, AttributeValue, boolean]>([
    [{ S: 'a' }, { S: 'a' }, true],
    [{ S: '1' }, { N: '1' }, false],
    [{ SS: ['a', 'b'] }, { SS: ['b', 'a'] }, true],
    [{ L: [{ S: 'a' }] }, { L: [{ S: 'a' }, { S: 'b' }] }, false],
    [{ M: { a: { BOOL: true } } }, { M: { a: { BOOL: true } } }, true],
    [{ M: { a: { BOOL: true } } }, { M: { b: { BOOL: true } } }, false],
    [{ NULL: true }, { NULL: true }, true],
  ])('compares %j with %j', (left, right, expected) => {
    expect(sameValue(left, right)).toBe(expected);
  });
});

describe(compareValues, () => {
  it.each<[AttributeValue, AttributeValue, number]>([
    [{ S: 'a' }, { S: 'ab' }, -1],
    [{ S: 'b' }, { S: 'ab' }, 1],
    [{ S: '\uFF5E' }, { S: '\u{1F600}' }, -1],
    [{ N: '10' }, { N: '9' }, 1],
    [{ B: 'gA==' }, { B: 'fw==' }, 1],
    [{ S: 'a' }, { S: 'a' }, 0],
  ])('orders %j and %j', (left, right, expected) => {
    expect(Math.sign(compareValues(left, right) ?? NaN)).toBe(expected);
  });

  it('knows no order between types, nor of maps', () => {
    expect(compareValues({ S: '1' }, { N: '1' })).toBeUndefined();
    expect(compareValues({ M: {} }, { M: {} })).toBeUndefined();
  });
});
