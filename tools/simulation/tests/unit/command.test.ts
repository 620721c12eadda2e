import { runInProcesses } from '../../src/seeds/run-in-processes.ts';
import { runSeeds } from '../../src/seeds/run-seeds.ts';
import { emptyReport, printSeeds, withSeed } from '../../src/seeds/seeds-report.ts';
import { emptySummary } from '../../src/run-summary.ts';
import { execArgv, mainFile, runMain } from '../support/run-main.ts';

describe('the command', () => {
  it('prints what was run, and the same for the same seed', async () => {
    const [first, second] = await Promise.all([runMain(['--seed', '7']), runMain(['--seed', '7', '--json'])]);

    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(/^seeds 7 to 7: 1 in .* s/);
    expect(first.stdout).toMatch(/\n0 broken invariants\n$/);
    const { report } = JSON.parse(second.stdout) as { report: Awaited<ReturnType<typeof runSeeds>> };
    expect(report).toMatchObject({ from: 7, seeds: 1, broken: [] });
    expect(first.stdout).toContain(`\n${report.summary.operations} operations`);
  });

  it('explains itself, and what is wrong with its arguments', async () => {
    expect(await runMain(['--help'])).toMatchObject({ code: 0, stdout: expect.stringContaining('usage:') as string });
    expect(await runMain(['--seeds', 'many'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--seeds must be a positive whole number') as string,
    });
    expect(await runMain(['--unknown'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('usage:') as string,
    });
  });
});

describe(runInProcesses, () => {
  it('comes to the same as one process', async () => {
    const seen: number[] = [];
    const alone = await runSeeds({ from: 3, seeds: 3, onSeed: ({ seeds }) => seen.push(seeds) });

    expect(await runInProcesses({ from: 3, seeds: 3, processes: 2, command: mainFile, execArgv })).toEqual(alone);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('fails when a process does', async () => {
    const command = `${mainFile}.missing`;

    await expect(runInProcesses({ from: 1, seeds: 1, processes: 1, command, execArgv })).rejects.toThrow(
      'not run to their end',
    );
  });
});

describe(printSeeds, () => {
  it('shows a broken seed with its simplest plan and the command that runs it again', () => {
    const violations = [{ rule: 'total differs', detail: 'ada USD by 1' }] as const;
    const plan = { seed: 4, accounts: 1, maxAttempts: 1, faults: { percent: 0, kinds: [] }, clients: [[]] };
    const broken = { seed: 4, violations, minimized: { plan, violations, runs: 12 } };
    const summary = { ...emptySummary, outcomes: { unknown: 1, acknowledged: 2 } };

    const text = printSeeds(withSeed(emptyReport(4), { summary, broken }), 2_000);

    expect(text).toContain('seed 4 is broken:\n  total differs: ada USD by 1\n');
    expect(text).toContain('(found in 12 runs)');
    expect(text).toContain(JSON.stringify(plan));
    expect(text).toContain('again: node --conditions=@cnop/source tools/simulation/src/main.ts --seed 4');
    expect(text).toContain('calls   acknowledged 2, unknown 1\n');
    expect(text).toContain('seeds 4 to 4: 1 in 2.0 s (0.5 per second)');
    expect(text).toMatch(/\n1 broken invariants$/);
  });
});
