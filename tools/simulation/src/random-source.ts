import { seededRandom } from '@cnop/testing';

/** Chance that comes out the same for the same seed. */
export interface RandomSource {
  below(bound: number): number;
  fraction(): number;
  bytes(count: number): Uint8Array;
}

/**
 * A source of chance for one place in a run, named by numbers: the seed, the client, its step, the call. Each place draws by itself, so
 * that leaving one step out of a plan changes nothing of what the others draw.
 */
export function randomAt(...place: readonly number[]): RandomSource {
  const fraction = seededRandom(place.join('/'));
  const below = (bound: number) => Math.floor(fraction() * bound);

  return { below, fraction, bytes: (count) => Uint8Array.from({ length: count }, () => below(256)) };
}
