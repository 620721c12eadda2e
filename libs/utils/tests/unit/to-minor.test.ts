import { toMinor } from '@cnop/utils';

describe(toMinor, () => {
  it.each([
    [0, 0n],
    [-5, -5n],
    [Number.MAX_SAFE_INTEGER, 9_007_199_254_740_991n],
    [10n ** 24n, 10n ** 24n],
  ])('reads %p exactly', (stored, minor) => {
    expect(toMinor(stored)).toBe(minor);
  });

  it.each([Number.MAX_SAFE_INTEGER + 1, -(2 ** 53), 0.5, NaN, Infinity])('refuses %p, which is not exact', (stored) => {
    expect(() => toMinor(stored)).toThrow('A stored amount is not an exact integer.');
  });
});
