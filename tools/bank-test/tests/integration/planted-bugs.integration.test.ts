import { runBankTest } from '../../src/run-bank-test.ts';
import { plantedBugs } from '../support/planted-bugs.ts';

const options = { operations: 200, clients: 8, env: process.env };
const runsAtMost = 10;

describe('a planted bug', () => {
  it.each(Object.keys(plantedBugs))(
    'is found: %s',
    async (name) => {
      const { bug, foundBy, faultRate = 0.1 } = plantedBugs[name]!;
      const missing = new Set(foundBy);

      for (let seed = 1; seed <= runsAtMost && missing.size > 0; seed += 1) {
        const { broken } = await runBankTest({ ...options, faultRate, seed, bug: bug() });
        for (const { rule } of broken) missing.delete(rule);
      }
      expect([...missing]).toEqual([]);
    },
    180_000,
  );
});
