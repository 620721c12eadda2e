import fc from 'fast-check';
import { createHeap } from '../../../src/engine/heap.ts';

const heapOf = (numbers: readonly number[]) => {
  const heap = createHeap<number>((one, other) => one < other);
  for (const number of numbers) heap.push(number);
  return heap;
};
const ascending = (numbers: readonly number[]) => numbers.toSorted((one, other) => one - other);

describe(createHeap, () => {
  it('gives its items in order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (numbers) => {
        const heap = heapOf(numbers);
        expect(heap.size).toBe(numbers.length);
        expect(heap.first()).toBe(ascending(numbers)[0]);

        expect(numbers.map(() => heap.shift())).toEqual(ascending(numbers));
        expect([heap.shift(), heap.size]).toEqual([undefined, 0]);
      }),
    );
  });

  it('finds the items up to a bound, also after others were taken out', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50)), fc.nat(50), fc.nat(10), (numbers, bound, taken) => {
        const heap = heapOf(numbers);
        for (let count = 0; count < taken; count += 1) heap.shift();

        const left = ascending(numbers).slice(taken);
        expect(ascending(heap.meeting((number) => number <= bound))).toEqual(left.filter((number) => number <= bound));
        expect(ascending(heap.items())).toEqual(left);
      }),
    );
  });

  it('compares nothing but items', () => {
    const compared: unknown[] = [];
    const heap = createHeap<number>((one, other) => {
      compared.push(one, other);
      return one < other;
    });
    for (const number of [3, 1, 2, 5, 4]) heap.push(number);
    while (heap.size > 0) heap.shift();

    expect(compared).not.toContain(undefined);
  });

  it('looks at no more than three times what it finds', () => {
    const heap = heapOf(Array.from({ length: 10_000 }, (_, index) => (index * 7_919) % 10_000));
    let looks = 0;

    const found = heap.meeting((number) => {
      looks += 1;
      return number < 10;
    });

    expect(found).toHaveLength(10);
    expect(looks).toBeLessThanOrEqual(30);
  });
});
