import * as fc from 'fast-check';
import { faultNames } from '../../src/backend/faults.ts';
import { runPlan, runSeed } from '../../src/virtual-run.ts';
import { plansOf, type Plan } from '../../src/workload/plan.ts';
import { plantedBugs, type FoundBug } from '../support/planted-bugs.ts';

const planOf = (seed: number): Plan => fc.sample(plansOf(seed), { seed, numRuns: 1, unbiased: true })[0]!;
const busy: Plan = { ...planOf(3), faults: { rate: 0.5, names: faultNames } };

describe(runPlan, () => {
  it('breaks nothing, whatever goes wrong, and comes out the same for the same plan', async () => {
    const [first, second] = [await runPlan(busy), await runPlan(busy)];

    expect(first.violations).toEqual([]);
    expect(first.summary.operations).toBeGreaterThan(20);
    expect(Object.keys(first.summary.faults ?? {}).length).toBeGreaterThan(8);
    expect(first.summary.histories?.operations).toBeGreaterThan(20);
    expect(second).toEqual(first);
  });

  it('ends with the error of a request that the store does not understand', async () => {
    const bug = {
      handler: ((inner) => ({
        handle: (request, options) =>
          inner.handle({ ...request, headers: { 'x-amz-target': 'DynamoDB.ExecuteStatement' } }, options),
      })) satisfies NonNullable<Parameters<typeof runPlan>[1]>['handler'],
    };

    await expect(runPlan(busy, bug)).rejects.toThrow('ExecuteStatement is not modelled');
  });
});

describe('a planted bug', () => {
  const seedsAtMost = 100;
  const altered = (plan: Plan, { faults = plan.faults, kinds = [] }: FoundBug): Plan => ({
    ...plan,
    faults,
    clients: plan.clients.map((steps) =>
      steps.map((step) =>
        step.kind === 'register' ? step : { ...step, kind: kinds[step.id % kinds.length] ?? step.kind },
      ),
    ),
  });

  it.each(Object.entries(plantedBugs))(
    'is found: %s',
    async (_, found) => {
      const missing = new Set<string>(found.foundBy);

      for (let seed = 1; seed <= seedsAtMost && missing.size > 0; seed += 1) {
        const { violations } = await runPlan(altered(planOf(seed), found), found.bug());
        for (const { rule } of violations) missing.delete(rule);
      }
      expect([...missing]).toEqual([]);
    },
    120_000,
  );
});

describe(runSeed, () => {
  it('looks for the simplest plan that breaks something', async () => {
    const { bug } = plantedBugs['a deposit is made twice']!;

    const { broken } = await runSeed(2, { bug: bug(), simplerPlans: 200 });

    const { plan, violations } = broken[0]!.minimized!;
    expect(violations).not.toHaveLength(0);
    expect(plan.faults.rate).toBe(0);
    expect(plan.clients.flat().length).toBeLessThan(4);
  });

  it('takes an error for a broken seed', async () => {
    const bug = {
      services: () => {
        throw new Error('unheard of');
      },
    };

    const { broken } = await runSeed(1, { bug, simplerPlans: 0 });

    expect(broken[0]?.violations).toEqual([{ rule: 'unexpected outcome', detail: 'Error: unheard of' }]);
  });
});
