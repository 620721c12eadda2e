import { createHash } from 'node:crypto';

/** A seed that a person can type in again. */
export type Seed = number | string;

/** Makes numbers from 0 up to 1, always the same for the same seed. Not secret, not quick: for tests. */
export function seededRandom(seed: Seed): () => number {
  let drawn = 0;

  return () => {
    drawn += 1;
    return createHash('sha256').update(`${seed}/${drawn}`).digest().readUIntBE(0, 6) / 2 ** 48;
  };
}
