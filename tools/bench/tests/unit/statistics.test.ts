import { median, quantile, rotate, significant } from '../../src/statistics.ts';

describe(quantile, () => {
  it.each([
    [[3], 0.5, 3],
    [[3, 1, 2], 0.5, 2],
    [[4, 1, 3, 2], 0.5, 2.5],
    [[1, 2, 3, 4, 5], 0, 1],
    [[1, 2, 3, 4, 5], 1, 5],
    [[10, 20], 0.25, 12.5],
  ])('of %p at %d is %d', (values, part, expected) => {
    expect(quantile(values, part)).toBe(expected);
  });

  it('does not change the order of its input', () => {
    const values = [3, 1, 2];

    median(values);

    expect(values).toEqual([3, 1, 2]);
  });

  it('refuses no values', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe(rotate, () => {
  it('begins with another element in each round', () => {
    expect([0, 1, 2, 3].map((round) => rotate(['a', 'b', 'c'], round).join(''))).toEqual(['abc', 'bca', 'cab', 'abc']);
  });

  it('leaves nothing as nothing', () => {
    expect(rotate([], 3)).toEqual([]);
  });
});

describe(significant, () => {
  it.each([
    [1.23456, 1.23],
    [123_456, 123_000],
    [0.00012345, 0.000123],
  ])('rounds %d to %d', (value, expected) => {
    expect(significant(value)).toBe(expected);
  });
});
