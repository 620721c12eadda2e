import { runSeed, type RunSeedOptions } from './run-seed.ts';
import { emptyReport, withSeed, type SeedsReport } from './seeds-report.ts';

/** A range of seeds, and how they are run. */
export interface RunSeedsOptions extends RunSeedOptions {
  readonly from: number;
  readonly seeds: number;
  /** Called after each seed. */
  readonly onSeed?: (report: SeedsReport) => void;
}

/** Runs seed after seed. */
export async function runSeeds({ from, seeds, onSeed, ...options }: RunSeedsOptions): Promise<SeedsReport> {
  let report = emptyReport(from);

  for (let seed = from; seed < from + seeds; seed += 1) {
    report = withSeed(report, await runSeed(seed, options));
    onSeed?.(report);
  }
  return report;
}
