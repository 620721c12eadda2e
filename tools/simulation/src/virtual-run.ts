import * as fc from 'fast-check';
import { openNetwork, type PlantedBug } from './backend/network.ts';
import { createVirtualBackend } from './backend/virtual-backend.ts';
import { emptyReport, joinReports, type Report } from './report.ts';
import { openMarket, runRound, type RoundResult } from './round.ts';
import { plansOf, type Plan } from './workload/plan.ts';

export interface RunSeedOptions {
  readonly bug?: PlantedBug;
  /** How many simpler plans are tried when one breaks something. Default 500. */
  readonly simplerPlans?: number;
}

/** Users are registered while others already use their accounts, and time passes from the price to what is repeated at rest. */
const refusals = ['USER_NOT_FOUND', 'PRICE_STALE', 'FENCED'];

export async function runPlan(
  plan: Plan,
  bug?: PlantedBug,
  backend = createVirtualBackend(plan.seed),
): Promise<RoundResult> {
  await backend.complete(openNetwork(backend, { rate: 0, names: [] }).use(openMarket));

  return await runRound(backend, { ...plan, priceMinor: 250n, refusals, bug });
}

/** Runs the plan of a seed; if it breaks something, looks for the simplest plan that does too. */
export async function runSeed(seed: number, { bug, simplerPlans = 500 }: RunSeedOptions = {}): Promise<Report> {
  const runs: (RoundResult & { readonly plan: Plan })[] = [];
  const isSound = fc.asyncProperty(plansOf(seed), async (plan) => {
    // The plan of the seed is run twice.
    if (runs.length >= simplerPlans + 2) return true;
    // A run that ends in an error has broken something too.
    const result = await runPlan(plan, bug).catch((error: unknown): RoundResult => ({
      summary: {},
      balances: new Map(),
      violations: [{ rule: 'unexpected outcome', detail: String(error) }],
    }));
    runs.push({ plan, ...result });
    return result.violations.length === 0;
  });
  const parameters = { seed, numRuns: 1, unbiased: true };

  await fc.check(isSound, { ...parameters, endOnFailure: true });
  const [first] = runs;
  if (!first || first.violations.length === 0) return { runs: 1, summary: first?.summary ?? {}, broken: [] };

  // The plan of the seed comes first again; what follows are simpler ones.
  if (simplerPlans > 0) await fc.check(isSound, parameters);
  const { plan, violations } = runs.findLast((run) => run.violations.length > 0) ?? first;
  const found = { name: `seed ${seed}`, violations: first.violations };
  return {
    runs: 1,
    summary: first.summary,
    broken: [{ ...found, minimized: { plan, violations, runs: runs.length } }],
  };
}

export async function runSeeds(from: number, seeds: number): Promise<Report> {
  let report = emptyReport;
  for (let seed = from; seed < from + seeds; seed += 1) report = joinReports(report, await runSeed(seed));

  return report;
}
