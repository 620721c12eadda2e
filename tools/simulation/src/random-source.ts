import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Chance that comes out the same for the same seed. */
export interface RandomSource {
  /** A whole number from 0 to below `bound`. */
  below(bound: number): number;
  /** A number from 0 to below 1. */
  fraction(): number;
  /** So many random bytes. */
  bytes(count: number): Uint8Array;
}

/**
 * A source of chance for one place in a run, named by numbers: the seed, the client, its step, the call. Each place draws by itself,
 * so that leaving one step out of a plan changes nothing of what the others draw.
 */
export function randomAt(...place: readonly number[]): RandomSource {
  const generator = xoroshiro128plus(place.reduce(mixed, 0x51_7c_c1_b7));
  const below = (bound: number) => uniformInt(generator, 0, bound - 1);

  return {
    below,
    fraction: () => below(2 ** 31) / 2 ** 31,
    bytes: (count) => Uint8Array.from({ length: count }, () => below(256)),
  };
}

/** The finaliser of MurmurHash3 over the hash so far and one more number. */
function mixed(hash: number, part: number): number {
  let bits = hash ^ (part + 0x9e37_79b9 + (hash << 6) + (hash >>> 2));
  bits = Math.imul(bits ^ (bits >>> 16), 0x85eb_ca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2_ae35);

  return (bits ^ (bits >>> 16)) | 0;
}
