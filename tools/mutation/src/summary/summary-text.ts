import { describeMutant, inPercent, type GroupSummary } from './group-summary.ts';
import { mutantCount, type Score } from './score.ts';
import type { ListedSurvivor } from './survivors.ts';

/** A run of one group for a terminal: a score for each file and for all, the survivors, and what is wrong. */
export function summaryText(summary: GroupSummary, listed: readonly ListedSurvivor[], seconds: number): string {
  const { name, files, total, stale, problems } = summary;
  const width = Math.max(...files.map(({ file }) => file.length), name.length);
  const row = (label: string, score: Score) =>
    `  ${label.padEnd(width)}  ${inPercent(score).padStart(7)}  ${fatesOf(score)}`;
  const survivors = listed.filter((each) => files.some(({ file }) => file === each.file) && !stale.includes(each));

  return [
    `${name}: ${inPercent(total)} of ${mutantCount(total)} mutants noticed, in ${seconds} s`,
    ...files.map((score) => row(score.file, score)),
    row('all', total),
    ...survivors.map((each) => `  survived, listed: ${describeMutant(each)}\n    ${each.reason}`),
    ...stale.map((each) => `  listed, but noticed or gone: ${describeMutant(each)}`),
    ...problems.map((problem) => `  ✗ ${problem}`),
    '',
  ].join('\n');
}

const fatesOf = ({ killed, timedOut, survived, uncovered }: Score): string =>
  `${killed} killed, ${timedOut} timed out, ${survived} survived, ${uncovered} uncovered`;
