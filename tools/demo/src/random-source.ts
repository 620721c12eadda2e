import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Chance that comes out the same for the same seed. */
export interface RandomSource {
  /** A whole number from 0 to below `bound`. */
  below(bound: number): number;
  /** So many random bytes. */
  bytes(count: number): Uint8Array;
}

/** A source of chance; each `stream` of a seed runs by itself, whatever is drawn from the others. */
export function createRandomSource(seed: number, stream = 0): RandomSource {
  const generator = xoroshiro128plus(seed ^ (stream * 0x9e37_79b9));
  const below = (bound: number) => uniformInt(generator, 0, bound - 1);

  return { below, bytes: (count) => Uint8Array.from({ length: count }, () => below(256)) };
}
