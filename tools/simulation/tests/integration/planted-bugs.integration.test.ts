import { runReal } from '../../src/real-run.ts';
import { plantedBugs } from '../support/planted-bugs.ts';

const options = { operations: 200, clients: 8, env: process.env };
const runsAtMost = 10;
const tried = Object.entries(plantedBugs).filter(([, { realFaultRate }]) => realFaultRate !== undefined);

describe('a planted bug on a real DynamoDB', () => {
  it.each(tried)(
    'is found: %s',
    async (_, { bug, foundBy, realFaultRate = 0 }) => {
      const missing = new Set<string>(foundBy);

      for (let seed = 1; seed <= runsAtMost && missing.size > 0; seed += 1) {
        const { broken } = await runReal({ ...options, faultRate: realFaultRate, seed, bug: bug() });
        for (const { rule } of broken.flatMap(({ violations }) => violations)) missing.delete(rule);
      }
      expect([...missing]).toEqual([]);
    },
    180_000,
  );
});
