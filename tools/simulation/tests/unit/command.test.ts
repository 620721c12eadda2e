import { join } from 'node:path';
import { killPrograms, startProgram } from '@cnop/testing';
import { readArguments } from '../../src/arguments.ts';
import { printReport, type Report } from '../../src/report.ts';
import { runSeeds } from '../../src/virtual-run.ts';

const runMain = (...args: string[]) =>
  startProgram(join(__dirname, '../../src/main.ts'), { args, execArgv: ['--conditions=@cnop/source'] }).ended;

afterEach(killPrograms);

describe('the command', () => {
  it('runs seeds, and gives the report as one JSON document', async () => {
    const { code, stdout, stderr } = await runMain('--seed', '3', '--seeds', '2', '--json');

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

describe(readArguments, () => {
  it('asks for many seeds, for one, or for operations or killed workers on a real DynamoDB with a random seed', () => {
    const real = readArguments(['--real']);

    expect(readArguments([])).toMatchObject({ seed: 1, seeds: 200, form: 'virtual', json: false });
    expect(readArguments(['--seed', '7'])).toMatchObject({ seed: 7, seeds: 1 });
    expect(real).toMatchObject({ operations: 4_000, form: 'real' });
    expect(real.seed).not.toBe(readArguments(['--real']).seed);
    expect(readArguments(['--kill', '--orders', '9'])).toMatchObject({ form: 'kill', ticks: 400, orders: 9 });
  });

  it.each([
    [['--seed', '0'], '--seed must be a positive whole number'],
    [['--seeds', '1e3'], '--seeds must be a positive whole number'],
    [['--clients', '4'], "Unknown option '--clients'"],
    [['--operations', '4'], '--operations belongs to the real form'],
    [['--real', '--seeds', '4'], '--seeds belongs to the virtual form'],
    [['--real', '--ticks', '4'], '--ticks belongs to the kill form'],
    [['--real', '--kill'], '--real and --kill are two forms'],
  ])('refuses %j', (args, problem) => {
    // Jest's realm has another TypeError than Node's own `parseArgs`.
    const message = expect.stringContaining(problem) as string;

    expect(() => readArguments(args)).toThrow(expect.objectContaining({ name: 'TypeError', message }) as Error);
  });
});

describe(printReport, () => {
  it('shows the counts, what is broken with its simplest plan and the command to run it again, and the verdict', () => {
    const violations = Array.from({ length: 21 }, (_, at) => ({ rule: 'total differs', detail: `by ${at}` }) as const);
    const plan = { seed: 4, accounts: 1, faults: { rate: 0, names: [] }, clients: [] };
    const broken = [{ name: 'seed 4', violations, minimized: { plan, violations: [], runs: 12 } }];
    const summary = { requests: 100, outcomes: { unknown: 1, acknowledged: 9 }, faults: {} };

    const text = printReport({ runs: 1, summary, broken }, 'seeds 4 to 4', 2_000);

    expect(text).toMatch(/^seed 4 is broken:\n {2}total differs: by 0\n/);
    expect(text).toContain('\n  and 1 more\n');
    expect(text).toContain(`(found in 12 runs):\n  ${JSON.stringify(plan)}\nagain: npm run simulate -- --seed 4\n`);
    expect(text).toMatch(
      /\nseeds 4 to 4: 1 in 2\.0 s\nrequests +100\noutcomes +acknowledged 9, unknown 1\nfaults +none\n/,
    );
    expect(text).toMatch(/\n21 broken invariants$/);
  });
});
