import type { MutantRecord } from './mutant-record.ts';

/** A mutant that may survive, with the reason. It is known by its text: line numbers change too easily. */
export interface ListedSurvivor {
  readonly file: string;
  readonly mutator: string;
  readonly original: string;
  readonly replacement: string;
  /** How many mutants of the file look like this. Default 1. */
  readonly times?: number;
  readonly reason: string;
}

/** How the survivors of a run differ from those that are listed. */
export interface SurvivorDifference {
  /** Those that are not listed, or not so often. */
  readonly unlisted: readonly MutantRecord[];
  /** Those that are listed and were noticed, or are gone. */
  readonly stale: readonly ListedSurvivor[];
}

/** Whether no test noticed the mutant. */
const isSurvivor = ({ fate }: MutantRecord): boolean => fate === 'survived' || fate === 'uncovered';

/** Compares the mutants of a run with the list, as far as it is about the files that were mutated. */
export function compareSurvivors(
  records: readonly MutantRecord[],
  listed: readonly ListedSurvivor[],
): SurvivorDifference {
  const files = new Set(records.map(({ file }) => file));
  const relevant = listed.filter(({ file }) => files.has(file));
  const places = new Map<string, number>();
  for (const each of relevant) places.set(identity(each), (places.get(identity(each)) ?? 0) + (each.times ?? 1));

  const unlisted = records.filter(isSurvivor).filter((record) => {
    const left = places.get(identity(record)) ?? 0;
    places.set(identity(record), left - 1);
    return left <= 0;
  });

  return { unlisted, stale: relevant.filter((each) => (places.get(identity(each)) ?? 0) > 0) };
}

const identity = ({ file, mutator, original, replacement }: Omit<ListedSurvivor, 'reason'>): string =>
  JSON.stringify([file, mutator, original, replacement]);
