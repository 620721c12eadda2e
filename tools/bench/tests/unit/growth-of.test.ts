import { growthOf, type Sample } from '../../src/memory/growth-of.ts';

const samplesOf = (heaps: readonly number[]): Sample[] =>
  heaps.map((heapBytes, index) => ({ heapBytes, residentBytes: 2 * heapBytes, requests: 10 * index }));

describe(growthOf, () => {
  it('leaves the first third out', () => {
    expect(growthOf(samplesOf([5, 9, 20, 20, 20, 20]))).toEqual({ ratio: 1, bytesPerRequest: 0 });
  });

  it('sees what each request leaves behind', () => {
    const { ratio, bytesPerRequest } = growthOf(samplesOf([100, 200, 300, 400, 500, 600]));

    expect(ratio).toBeCloseTo(550 / 350);
    expect(bytesPerRequest).toBe(10);
  });

  it('is not misled by one sample among many', () => {
    expect(growthOf(samplesOf([1, 1, 1, 7, 7, 7, 7, 90, 7])).ratio).toBe(1);
  });

  it('refuses fewer samples than thirds', () => {
    expect(() => growthOf(samplesOf([1, 2]))).toThrow('three times at least');
  });
});
