import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { killPrograms, startProgram } from '@cnop/testing';
import type { Summary } from '../../src/report.ts';
import { runReal } from '../../src/real-run.ts';
import { plantedBugs } from '../support/planted-bugs.ts';

const startMain = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  startProgram(join(__dirname, '../../src/main.ts'), {
    args: ['--real', ...args],
    execArgv: ['--conditions=@cnop/source'],
    env: { ...process.env, ...env },
  });

afterEach(killPrograms);

async function tablesLeft(): Promise<string[]> {
  const client = new DynamoDBClient({ endpoint: process.env['DYNAMODB_ENDPOINT']! });
  const { TableNames = [] } = await client.send(new ListTablesCommand());
  client.destroy();

  return TableNames.filter((name) => /^simulation-\w+-(users|ledger|orders|inventory)$/.test(name));
}

describe(runReal, () => {
  it('finds nothing broken where many requests go wrong, processes crash and outcomes stay unknown', async () => {
    const lines: string[] = [];
    const options = { operations: 400, clients: 12, faultRate: 0.35, env: process.env };

    const {
      broken,
      runs,
      summary: counted,
    } = await runReal({ ...options, seed: 4, progress: (line) => lines.push(line) });

    const summary = counted as Summary;
    expect(broken).toEqual([]);
    expect({ runs, operations: summary.operations }).toEqual({ runs: 2, operations: 400 });
    for (const kind of ['acknowledged', 'refused', 'unknown', 'crashed']) {
      expect(summary.outcomes[kind]).toBeGreaterThan(0);
    }
    expect(Object.keys(summary.faults).length).toBeGreaterThan(10);
    expect(Object.values(summary.faults).reduce((sum, count) => sum + count) / summary.requests).toBeGreaterThan(0.25);
    expect(summary.committed).toBeGreaterThan(100);
    expect(summary.found).toEqual(summary.moved);
    expect(summary.found.cash).toBeGreaterThan(0);
    expect(summary.histories.histories).toBe(8);
    expect(summary.histories.operations).toBeGreaterThan(400);
    expect(lines[0]).toMatch(/^seed 4 on /);
    expect(lines.slice(1).map((line) => line.split(':')[0])).toEqual(['round 1 of 2', 'round 2 of 2']);
    expect(await tablesLeft()).toEqual([]);
  }, 180_000);
});

describe('the command', () => {
  it('starts a DynamoDB of its own for each round, and ends with the verdict', async () => {
    const env = { CNOP_DYNAMODB: 'embedded', DYNAMODB_ENDPOINT: '' };

    const { code, stdout, stderr } = await startMain(['--operations', '60', '--seed', '11'], env).ended;

    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/^seed 11 on embedded /) as string,
    });
    expect(stdout).toMatch(/^rounds of seed 11: 2 in [^]*\noperations +60\n/);
    expect(stdout).toMatch(/\n0 broken invariants\n$/);
  }, 120_000);

  it('ends with one line when there is no DynamoDB', async () => {
    const { code, stdout, stderr } = await startMain([], { DYNAMODB_ENDPOINT: 'nowhere' }).ended;

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^Error: DYNAMODB_ENDPOINT .*\n$/);
  });
});

describe('a planted bug on a real DynamoDB', () => {
  const tried = Object.entries(plantedBugs).filter(([, { realFaultRate }]) => realFaultRate !== undefined);

  it.each(tried)(
    'is found: %s',
    async (_, { bug, foundBy, realFaultRate: faultRate = 0 }) => {
      const missing = new Set<string>(foundBy);

      for (let seed = 1; seed <= 10 && missing.size > 0; seed += 1) {
        const options = { operations: 200, clients: 8, env: process.env, faultRate, seed, bug: bug() };
        const { broken } = await runReal(options);
        for (const { rule } of broken.flatMap(({ violations }) => violations)) missing.delete(rule);
      }
      expect([...missing]).toEqual([]);
    },
    180_000,
  );
});
