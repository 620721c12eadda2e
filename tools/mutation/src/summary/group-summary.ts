import type { MutantRecord } from './mutant-record.ts';
import { mutantCount, percentNoticed, scoreFiles, totalScore, type FileScore, type Score } from './score.ts';
import { compareSurvivors, type ListedSurvivor, type SurvivorDifference } from './survivors.ts';

/** The least that a group must score, in per cent. */
export const leastPercent = 85;

/** What a run of one group came to. */
export interface GroupSummary extends SurvivorDifference {
  readonly name: string;
  readonly files: readonly FileScore[];
  readonly total: Score;
  /** What makes the run fail, in sentences. */
  readonly problems: readonly string[];
}

/** Judges the mutants of a group by the least score and by the list of survivors. */
export function summariseGroup(
  name: string,
  records: readonly MutantRecord[],
  listed: readonly ListedSurvivor[],
): GroupSummary {
  const files = scoreFiles(records);
  const total = totalScore(files);
  const difference = compareSurvivors(records, listed);
  const tooLow = percentNoticed(total) < leastPercent;

  return {
    name,
    files,
    total,
    ...difference,
    problems: [
      ...(mutantCount(total) === 0 ? [`The group ${name} has no mutants.`] : []),
      ...(tooLow ? [`The group ${name} scores ${inPercent(total)}, less than ${leastPercent} %.`] : []),
      ...difference.unlisted.map((mutant) => `Survived and not listed: ${describeMutant(mutant)}`),
    ],
  };
}

/** A score as people read it, rounded down: 84.99 is not 85. */
export const inPercent = (score: Score): string => `${(Math.floor(percentNoticed(score) * 10) / 10).toFixed(1)} %`;

/** A mutant in one line. */
export function describeMutant(mutant: Omit<ListedSurvivor, 'reason'> & { readonly line?: number }): string {
  const { file, line, mutator, original, replacement } = mutant;
  const place = line === undefined ? file : `${file}:${line}`;

  return `${place} ${mutator}: ${original} → ${replacement === '' ? '(nothing)' : replacement}`;
}
