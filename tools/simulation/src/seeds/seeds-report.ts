import { printCounts } from '../counts.ts';
import { addSummaries, emptySummary, type RunSummary } from '../run-summary.ts';
import type { BrokenSeed, SeedResult } from './run-seed.ts';

/** What became of a range of seeds. All of it is JSON-safe. */
export interface SeedsReport {
  readonly from: number;
  readonly seeds: number;
  readonly summary: RunSummary;
  readonly broken: readonly BrokenSeed[];
}

/** A report on no seeds yet. */
export const emptyReport = (from: number): SeedsReport => ({ from, seeds: 0, summary: emptySummary, broken: [] });

/** The report with one more seed. */
export const withSeed = (report: SeedsReport, { summary, broken }: SeedResult): SeedsReport => ({
  ...report,
  seeds: report.seeds + 1,
  summary: addSummaries(report.summary, summary),
  broken: broken ? [...report.broken, broken] : report.broken,
});

/** Reports on neighbouring ranges as one. */
export const joinReports = (reports: readonly SeedsReport[]): SeedsReport => ({
  from: Math.min(...reports.map(({ from }) => from)),
  seeds: reports.reduce((total, { seeds }) => total + seeds, 0),
  summary: reports.reduce((total, { summary }) => addSummaries(total, summary), emptySummary),
  broken: reports.flatMap(({ broken }) => broken),
});

/** The command that runs a seed again. */
const commandOf = (seed: number): string =>
  `node --conditions=@cnop/source tools/simulation/src/main.ts --seed ${seed}`;

/** The report as text, with what it took. */
export function printSeeds(report: SeedsReport, durationMs: number): string {
  const { from, seeds, summary, broken } = report;
  const seconds = durationMs / 1_000;

  return [
    ...broken.map(printBroken),
    `seeds ${from} to ${from + seeds - 1}: ${seeds} in ${seconds.toFixed(1)} s (${(seeds / seconds).toFixed(1)} per second)`,
    `${summary.operations} operations in ${Math.round(summary.virtualMs / 60_000)} virtual minutes`,
    `calls   ${printCounts(summary.outcomes)}`,
    `faults  ${printCounts(summary.faults)}`,
    `${summary.conflicts} conflicts between clients`,
    `late    ${printCounts(summary.lateEffects)} (effects of a request still under way when a later call was refused: documented)`,
    `${broken.length} broken invariants`,
  ].join('\n');
}

function printBroken({ seed, violations, minimized }: BrokenSeed): string {
  return [
    `seed ${seed} is broken:`,
    ...violations.map(({ rule, detail }) => `  ${rule}: ${detail}`),
    `the simplest plan that breaks something (found in ${minimized.runs} runs):`,
    ...minimized.violations.map(({ rule, detail }) => `  ${rule}: ${detail}`),
    `  ${JSON.stringify(minimized.plan)}`,
    `again: ${commandOf(seed)}`,
    '',
  ].join('\n');
}
