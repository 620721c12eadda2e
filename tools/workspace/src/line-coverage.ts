import coverage, { type CoverageMapData } from 'istanbul-lib-coverage';

/** What a line of the report says of one library. */
export interface CoverageVerdict {
  readonly line: string;
  readonly enough: boolean;
}

/** The percentage of lines that the runs cover together; `undefined` when they measured nothing. */
export function lineCoverage(runs: readonly CoverageMapData[]): number | undefined {
  const map = coverage.createCoverageMap({});
  for (const run of runs) map.merge(run);

  return map.files().length === 0 ? undefined : map.getCoverageSummary().lines.pct;
}

/** Whether a library is covered enough; one that was not measured is not. */
export function judgeCoverage(name: string, percent: number | undefined, atLeast: number): CoverageVerdict {
  const enough = percent !== undefined && percent >= atLeast;
  const measured = percent === undefined ? 'not measured' : `lines ${percent} %`;

  return { enough, line: `${enough ? 'ok ' : 'LOW'} ${name.padEnd(20)} ${measured}` };
}
