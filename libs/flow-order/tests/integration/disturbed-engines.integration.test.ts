import { env } from 'node:process';
import fc from 'fast-check';
import { marketPlans } from '../support/market-plan.ts';
import { disturbed, runMarket, undisturbed } from '../support/market-run.ts';
import { useTestExchange } from '../support/test-exchange.ts';

const calm = useTestExchange();
const stormy = useTestExchange();

/** The long form: `CNOP_MARKET_EVENTS=2000 CNOP_MARKET_RUNS=5`. */
const events = Number(env['CNOP_MARKET_EVENTS'] ?? 60);
const runs = Number(env['CNOP_MARKET_RUNS'] ?? 1);
const owners = 4;

/** The same numbers at every run of a seed. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;

  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('engines that work late, side by side, on lagging indexes, and are killed', () => {
  it.each([1, 3])('leave every order as one that nothing disturbs does: %i at once', async (workers) => {
    let deaths = 0;

    await fc.assert(
      fc.asyncProperty(marketPlans({ events, owners }), fc.integer(), async (plan, seed) => {
        const expected = await runMarket(calm, plan, { ...undisturbed(), owners });
        const storm = disturbed({ workers, random: randomOf(seed) });
        const end = await runMarket(stormy, plan, { ...storm, owners });
        deaths += storm.deaths();

        expect(end).toEqual(expected);
      }),
      { numRuns: runs, seed: workers, endOnFailure: true },
    );
    expect(deaths).toBeGreaterThan(0);
  });
});
