import * as fc from 'fast-check';
import { plansOf, type Plan } from '../clients/plan.ts';
import type { Violation } from '../clients/violation.ts';
import { emptySummary, type RunSummary } from '../run-summary.ts';
import { simulate, type PlantedBug } from '../simulate.ts';
import { toMessage } from '../to-message.ts';

/** A seed whose run broke something, with the simplest plan that still does. */
export interface BrokenSeed {
  readonly seed: number;
  /** What broke in the run of the seed itself. */
  readonly violations: readonly Violation[];
  readonly minimized: { readonly plan: Plan; readonly violations: readonly Violation[]; readonly runs: number };
}

/** What became of one seed. */
export interface SeedResult {
  readonly summary: RunSummary;
  readonly broken?: BrokenSeed;
}

/** How a seed is run. */
export interface RunSeedOptions {
  readonly bug?: PlantedBug;
  /** For how long a simpler plan is looked for, in milliseconds; 0 for not at all. Default 60 000. */
  readonly minimizeMs?: number;
}

interface Run {
  readonly plan: Plan;
  readonly summary: RunSummary;
  readonly violations: readonly Violation[];
}

/** Runs the plan of a seed; if it breaks something, looks for the simplest plan that does too. */
export async function runSeed(seed: number, { bug, minimizeMs = 60_000 }: RunSeedOptions = {}): Promise<SeedResult> {
  const runs: Run[] = [];
  const isSound = fc.asyncProperty(plansOf(seed), async (plan) => {
    const run = await runPlan(plan, bug);
    runs.push(run);
    return run.violations.length === 0;
  });
  const parameters = { seed, numRuns: 1, unbiased: true };

  await fc.check(isSound, { ...parameters, endOnFailure: true });
  const [first] = runs;
  if (!first) throw new Error('A seed has a plan.');
  const { summary, violations } = first;
  if (violations.length === 0) return { summary };

  // The plan of the seed comes first again; what follows are simpler ones.
  if (minimizeMs > 0) await fc.check(isSound, { ...parameters, interruptAfterTimeLimit: minimizeMs });
  const simplest = runs.findLast((run) => run.violations.length > 0) ?? first;
  return {
    summary,
    broken: {
      seed,
      violations,
      minimized: { plan: simplest.plan, violations: simplest.violations, runs: runs.length },
    },
  };
}

/** A run that ends in an error has broken something too. */
async function runPlan(plan: Plan, bug: PlantedBug | undefined): Promise<Run> {
  try {
    return { plan, ...(await simulate(plan, bug)) };
  } catch (error) {
    const violation: Violation = { rule: 'unexpected outcome', detail: toMessage(error) };
    return { plan, summary: emptySummary, violations: [violation] };
  }
}
