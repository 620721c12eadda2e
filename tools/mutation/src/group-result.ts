import type { ListedSurvivor } from './groups.ts';
import type { Mutant } from './mutate-group.ts';

/** What a run of one group came to. */
export interface GroupResult {
  readonly noticed: number;
  /** Survivors, and mutants that no test reaches. */
  readonly survived: number;
  /** The share of mutants that the tests noticed, rounded down: 84.99 is not 85. */
  readonly percent: string;
  /** Survivors that are not listed, or not that often. */
  readonly unlisted: readonly Mutant[];
  /** Listed survivors that were noticed, or are gone. */
  readonly stale: readonly ListedSurvivor[];
}

/** Counts the mutants of a group, and compares those that survived with the list. Ignored and invalid ones do not count. */
export function toGroupResult(mutants: readonly Mutant[], listed: readonly ListedSurvivor[]): GroupResult {
  const files = new Set(mutants.map(({ file }) => file));
  const relevant = listed.filter(({ file }) => files.has(file));
  const places = new Map<string, number>();
  for (const each of relevant) places.set(identity(each), (places.get(identity(each)) ?? 0) + (each.times ?? 1));

  const noticed = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout').length;
  const survivors = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
  const unlisted = survivors.filter((mutant) => {
    const left = places.get(identity(mutant)) ?? 0;
    places.set(identity(mutant), left - 1);
    return left <= 0;
  });
  const percent = Math.floor((1_000 * noticed) / Math.max(1, noticed + survivors.length)) / 10;

  return {
    noticed,
    survived: survivors.length,
    percent: `${percent.toFixed(1)} %`,
    unlisted,
    stale: relevant.filter((each) => (places.get(identity(each)) ?? 0) > 0),
  };
}

const identity = ({ file, mutator, original, replacement }: Omit<ListedSurvivor, 'reason'>): string =>
  JSON.stringify([file, mutator, original, replacement]);
