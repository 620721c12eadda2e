import { isScaleOf } from '@cnop/entities-ledger';

describe(isScaleOf, () => {
  it.each([
    ['USD', 2, true],
    ['USD', 5, false],
    ['JPY', 0, true],
    ['JPY', 2, false],
    ['ACME', 0, true],
    ['ACME', 18, true],
  ])('of %s and %d is %p', (code, scale, expected) => {
    expect(isScaleOf(code, scale)).toBe(expected);
  });
});
