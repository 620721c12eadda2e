import type { GroupSummary } from './group-summary.ts';
import type { FileScore } from './score.ts';

/** The scores of the last documented run of each group, by its name. */
export type ScoreSheet = Readonly<Record<string, readonly FileScore[]>>;

/** The sheet with the scores of one group replaced. */
export const withGroupScore = (sheet: ScoreSheet, { name, files }: GroupSummary): ScoreSheet => ({
  ...sheet,
  [name]: files,
});
