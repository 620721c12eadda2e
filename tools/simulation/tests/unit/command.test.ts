import { join } from 'node:path';
import { killPrograms, startProgram } from '@cnop/testing';
import { readReal, readVirtual } from '../../src/arguments.ts';
import { emptyReport, printReport, type Report } from '../../src/report.ts';
import { runInProcesses, runSeeds } from '../../src/virtual-run.ts';

const mainFile = join(__dirname, '../../src/main.ts');
const execArgv = ['--conditions=@cnop/source'];
const runMain = (...args: string[]) => startProgram(mainFile, { args, execArgv }).ended;

afterEach(killPrograms);

describe('the command', () => {
  it('runs seeds in several processes, and comes to the same as one', async () => {
    const [{ code, stdout, stderr }, alone] = await Promise.all([
      runMain('--from', '3', '--seeds', '3', '--processes', '2', '--json'),
      runSeeds({ from: 3, seeds: 3 }),
    ]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout) as Report).toEqual(alone);
  });

  it('explains itself, and what is wrong with its arguments', async () => {
    const [help, wrong] = await Promise.all([runMain('--help'), runMain('--seed', 'x')]);

    expect(help).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/^usage: npm run simulate/) as string,
    });
    expect(wrong).toMatchObject({ code: 1, stdout: '' });
    expect(wrong.stderr).toMatch(/^--seed must be a positive whole number\n\nusage: /);
  });
});

describe(runInProcesses, () => {
  it('fails when a process does', async () => {
    const command = ['--eval', 'process.exitCode = 1', '--'];

    await expect(runInProcesses({ from: 1, seeds: 1 }, 1, command)).rejects.toThrow('not run to their end');
  });
});

describe(readVirtual, () => {
  it('asks for seeds', () => {
    const asked = readVirtual(['--seeds', '12', '--from=7', '--processes', '2', '--json']);

    expect(asked).toEqual({ from: 7, seeds: 12, processes: 2, json: true, help: false });
    expect(readVirtual(['--seed', '7', '--seeds', '12'])).toMatchObject({ from: 7, seeds: 1, processes: 1 });
  });
});

describe(readReal, () => {
  it('asks for the short form on the embedded emulator with a random seed', () => {
    const asked = readReal(['--real'], { PATH: '/bin' });

    expect(asked).toMatchObject({ operations: 4_000, clients: 16, faultRate: 0.1 });
    expect(asked.env).toEqual({ PATH: '/bin', CNOP_DYNAMODB: 'embedded' });
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
  ])('goes by %j in the environment %j', (args, given, env) => {
    expect(readReal(['--real', ...args], given)).toMatchObject({ env });
  });
});

describe('wrong arguments', () => {
  it.each([
    [['--seed', '0'], '--seed must be a positive whole number'],
    [['--processes', '1e3'], '--processes must be a positive whole number'],
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
  const summary = {
    operations: 10,
    requests: 100,
    outcomes: { unknown: 1, acknowledged: 9 },
    faults: { conflict: 10 },
    found: { cash: 501, asset: 0 },
    moved: { cash: 500, asset: 0 },
  };

  it('ends with the verdict', () => {
    const text = printReport({ ...emptyReport, runs: 4, summary }, 'seeds 1 to 4', 2_000);

    expect(text).toMatch(/^seeds 1 to 4: 4 in 2\.0 s\n/);
    expect(text).toContain('acknowledged 9, unknown 1\n');
    expect(text).toContain('10.0 % of 100 requests: conflict 10\n');
    expect(text).toContain('USD 5.01 in the accounts, 5.00 by the effects; GOLD 0.000');
    expect(text).toMatch(/\n0 broken invariants$/);
  });

  it('shows what is broken with its simplest plan and the command to run it again', () => {
    const violations = Array.from({ length: 21 }, (_, at) => ({ rule: 'total differs', detail: `by ${at}` }) as const);
    const plan = { seed: 4, accounts: 1, faults: { rate: 0, names: [] }, clients: [] };
    const again = 'npm run simulate -- --seed 4';
    const broken = [{ name: 'seed 4', violations, minimized: { plan, violations: [], runs: 12 } }];

    const text = printReport({ runs: 1, summary, broken }, 'seeds 4 to 4', 1_000);

    expect(text).toMatch(/^seed 4 is broken:\n {2}total differs: by 0\n/);
    expect(text).toContain('\n  and 1 more\n');
    expect(text).toContain('(found in 12 runs)');
    expect(text).toContain(JSON.stringify(plan));
    expect(text).toContain(`again: ${again}\n`);
    expect(text).toMatch(/\n21 broken invariants$/);
  });
});
