/** What became of the tests of one run. */
export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The runs by their labels, and what they come to together. */
export interface TotalsReport {
  readonly lines: readonly string[];
  /** No test failed, and every run has tests unless it need not. */
  readonly ok: boolean;
}

export const sumTotals = (totals: readonly Totals[]): Totals =>
  totals.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );

/**
 * A line for each run, then `N passed, N failed` of all.
 *
 * @param mayBeEmpty - a run without a test is no failure: a change need not reach any.
 */
export function reportTotals(runs: Readonly<Record<string, Totals>>, mayBeEmpty = false): TotalsReport {
  const all = Object.values(runs);
  const { passed, failed } = sumTotals(all);

  return {
    lines: [
      ...Object.entries(runs).map(
        ([label, run]) => `${label}: ${run.passed} passed, ${run.failed} failed, ${run.skipped} skipped`,
      ),
      `${passed} passed, ${failed} failed`,
    ],
    ok: failed === 0 && (mayBeEmpty || (all.length > 0 && all.every((run) => run.passed > 0))),
  };
}
