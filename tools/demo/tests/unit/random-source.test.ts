import { assert, constantFrom, integer, property } from 'fast-check';
import { createRandomSource } from '../../src/random-source.ts';

const seed = integer({ min: 1, max: 999_999_999 });
const draws = (ofSeed: number, stream?: number) => {
  const random = createRandomSource(ofSeed, stream);
  return Array.from({ length: 20 }, () => random.below(1_000_000));
};

describe(createRandomSource, () => {
  it('gives the same numbers for the same seed and stream', () => {
    assert(
      property(seed, constantFrom(0, 1, 5), (ofSeed, stream) => {
        expect(draws(ofSeed, stream)).toEqual(draws(ofSeed, stream));
      }),
    );
  });

  it('gives others for another seed or another stream', () => {
    assert(
      property(seed, (ofSeed) => {
        expect(draws(ofSeed)).not.toEqual(draws(ofSeed + 1));
        expect(draws(ofSeed)).not.toEqual(draws(ofSeed, 1));
      }),
    );
  });

  it('stays below the bound, and gives bytes', () => {
    assert(
      property(seed, integer({ min: 1, max: 1_000 }), (ofSeed, bound) => {
        const number = createRandomSource(ofSeed).below(bound);

        expect(number >= 0 && number < bound && Number.isInteger(number)).toBe(true);
      }),
    );
    expect(createRandomSource(1).bytes(16)).toHaveLength(16);
  });
});
