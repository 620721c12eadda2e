import { assertWholeSetting } from '@cnop/validation';

describe(assertWholeSetting, () => {
  it.each([
    [0, { from: 0 }],
    [Number.MAX_SAFE_INTEGER, { from: 0 }],
    [4, { from: 1, to: 4 }],
  ])('takes %p in %j', (value, range) => {
    expect(() => {
      assertWholeSetting('segments', value, range);
    }).not.toThrow();
  });

  it.each([
    [-1, { from: 0 }, 'segments must be a whole number from 0'],
    [1.5, { from: 0 }, 'segments must be a whole number from 0'],
    [NaN, { from: 0 }, 'segments must be a whole number from 0'],
    [2 ** 53, { from: 0 }, 'segments must be a whole number from 0'],
    [5, { from: 1, to: 4 }, 'segments must be a whole number from 1 to 4'],
  ])('refuses %p in %j', (value, range, message) => {
    expect(() => {
      assertWholeSetting('segments', value, range);
    }).toThrow(`configuration: ${message}`);
  });
});
