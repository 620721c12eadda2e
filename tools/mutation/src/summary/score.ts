import type { MutantRecord } from './mutant-record.ts';

/** How many mutants met which fate. */
export interface Score {
  readonly killed: number;
  readonly timedOut: number;
  readonly survived: number;
  readonly uncovered: number;
}

/** A file of a group with its score. */
export interface FileScore extends Score {
  readonly file: string;
}

/** Counts the mutants of each file, files in the order of their names. Ignored and invalid ones do not count. */
export function scoreFiles(records: readonly MutantRecord[]): FileScore[] {
  const files = [...new Set(records.map(({ file }) => file))].sort();

  return files.map((file) => {
    const fates = records.filter((record) => record.file === file).map(({ fate }) => fate);
    const count = (fate: MutantRecord['fate']) => fates.filter((each) => each === fate).length;

    return {
      file,
      killed: count('killed'),
      timedOut: count('timed-out'),
      survived: count('survived'),
      uncovered: count('uncovered'),
    };
  });
}

/** The scores of several files as one. */
export function totalScore(scores: readonly Score[]): Score {
  const sum = (read: (score: Score) => number) => scores.reduce((total, score) => total + read(score), 0);

  return {
    killed: sum(({ killed }) => killed),
    timedOut: sum(({ timedOut }) => timedOut),
    survived: sum(({ survived }) => survived),
    uncovered: sum(({ uncovered }) => uncovered),
  };
}

/** All mutants that count. */
export const mutantCount = ({ killed, timedOut, survived, uncovered }: Score): number =>
  killed + timedOut + survived + uncovered;

/** The share of mutants that the tests noticed, in per cent; 100 where there are none. */
export function percentNoticed(score: Score): number {
  const count = mutantCount(score);

  return count === 0 ? 100 : (100 * (score.killed + score.timedOut)) / count;
}
