import { join } from 'node:path';
import { killPrograms, startProgram } from '@cnop/testing';
import { readReal, readVirtual } from '../../src/arguments.ts';
import { emptyReport, printReport, type Report } from '../../src/report.ts';
import { runSeeds } from '../../src/virtual-run.ts';

const runMain = (...args: string[]) =>
  startProgram(join(__dirname, '../../src/main.ts'), { args, execArgv: ['--conditions=@cnop/source'] }).ended;

afterEach(killPrograms);

describe('the command', () => {
  it('runs seeds, and gives the report as one JSON document', async () => {
    const { code, stdout, stderr } = await runMain('--from', '3', '--seeds', '2', '--json');

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout) as Report).toEqual(await runSeeds(3, 2));
  });

  it('explains itself, and what is wrong with its arguments', async () => {
    const [help, wrong] = await Promise.all([runMain('--help'), runMain('--seed', 'x')]);

    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help.stdout).toMatch(/^usage: npm run simulate/);
    expect(wrong).toMatchObject({ code: 1, stdout: '' });
    expect(wrong.stderr).toMatch(/^--seed must be a positive whole number\n\nusage: /);
  });
});

describe('the arguments', () => {
  it('ask for seeds', () => {
    const asked = readVirtual(['--seeds', '12', '--from=7', '--json']);

    expect(asked).toEqual({ from: 7, seeds: 12, json: true, help: false });
    expect(readVirtual(['--seed', '7', '--seeds', '12'])).toMatchObject({ from: 7, seeds: 1 });
  });

  it('ask for the short form on a real DynamoDB with a random seed', () => {
    const asked = readReal(['--real'], {});

    expect(asked).toMatchObject({ operations: 4_000, clients: 16, faultRate: 0.1 });
    expect(asked.seed).not.toBe(readReal(['--real'], {}).seed);
  });

  it.each([
    [
      ['--backend', 'java'],
      { DYNAMODB_ENDPOINT: 'http://here' },
      { CNOP_DYNAMODB: 'java', DYNAMODB_ENDPOINT: undefined },
    ],
    [[], { DYNAMODB_ENDPOINT: 'http://here' }, { CNOP_DYNAMODB: 'embedded', DYNAMODB_ENDPOINT: 'http://here' }],
    [[], { CNOP_DYNAMODB: 'docker' }, { CNOP_DYNAMODB: 'docker' }],
  ])('%j choose a DynamoDB in the environment %j', (args, given, env) => {
    expect(readReal(['--real', ...args], given)).toMatchObject({ env });
  });

  it.each([
    [['--seed', '0'], '--seed must be a positive whole number'],
    [['--seeds', '1e3'], '--seeds must be a positive whole number'],
    [['--clients', '4'], "Unknown option '--clients'"],
    [['--real', '--faults', '0.6'], '--faults must be a number from 0 to 0.5'],
    [['--real', '--backend', 'oracle'], '--backend must be embedded, java or docker'],
    [['--real', '--seeds', '4'], "Unknown option '--seeds'"],
  ])('are refused: %j', (args, problem) => {
    // Jest's realm has another TypeError than Node's own `parseArgs`.
    const message = expect.stringContaining(problem) as string;
    const read = () => (args.includes('--real') ? readReal(args, {}) : readVirtual(args));

    expect(read).toThrow(expect.objectContaining({ name: 'TypeError', message }) as Error);
  });
});

describe(printReport, () => {
  it('ends with the verdict', () => {
    const faults = { requests: 100, faults: { conflict: 10 }, outcomes: { unknown: 1, acknowledged: 9 } };
    const amounts = { found: { cash: 501, asset: 0 }, moved: { cash: 500, asset: 0 } };

    const text = printReport({ ...emptyReport, runs: 4, summary: { ...faults, ...amounts } }, 'seeds 1 to 4', 2_000);

    expect(text).toMatch(/^seeds 1 to 4: 4 in 2\.0 s\n/);
    expect(text).toContain('acknowledged 9, unknown 1\n');
    expect(text).toContain('10.0 % of 100 requests: conflict 10\n');
    expect(text).toContain('USD 5.01 in the accounts, 5.00 by the effects; GOLD 0.000');
    expect(text).toMatch(/\n0 broken invariants$/);
  });

  it('shows what is broken with its simplest plan and the command to run it again', () => {
    const violations = Array.from({ length: 21 }, (_, at) => ({ rule: 'total differs', detail: `by ${at}` }) as const);
    const plan = { seed: 4, accounts: 1, faults: { rate: 0, names: [] }, clients: [] };
    const broken = [{ name: 'seed 4', violations, minimized: { plan, violations: [], runs: 12 } }];

    const text = printReport({ runs: 1, summary: {}, broken }, 'seeds 4 to 4', 1_000);

    expect(text).toMatch(/^seed 4 is broken:\n {2}total differs: by 0\n/);
    expect(text).toContain('\n  and 1 more\n');
    expect(text).toContain(`(found in 12 runs):\n  ${JSON.stringify(plan)}\nagain: npm run simulate -- --seed 4\n`);
    expect(text).toMatch(/\n21 broken invariants$/);
  });
});
