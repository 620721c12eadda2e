import { join } from 'node:path';
import { startProgram } from '@cnop/testing';

const run = (...args: readonly string[]) =>
  startProgram(join(__dirname, '../../src/main.ts'), {
    args,
    env: process.env,
    execArgv: ['--conditions=@cnop/source'],
  }).ended;

describe('the command of the fault matrix', () => {
  it('runs the chosen rows in several threads and prints what came of them', async () => {
    const { code, stdout, stderr } = await run('--only', 'confirm an order', '--only', 'setPrice', '--threads', '2');

    expect(stdout).toMatch(/│ confirm an order +│ 3 ok/);
    expect(stdout).toMatch(/\n5 flows over 2 methods, \d+ runs in [\d.]+ s on \w+ DynamoDB, seed 1\n0 broken\n$/);
    expect({ code, threads: stderr.match(/Running \d flows/g)?.sort() }).toEqual({
      code: 0,
      threads: ['Running 2 flows', 'Running 3 flows'],
    });
  });

  it.each([
    [['--seed', 'x'], '--seed and --threads must be positive whole numbers.'],
    [['--nonsense'], "Unknown option '--nonsense'"],
    [['--only', 'nowhere'], "No flow has a name or method with 'nowhere'."],
  ])('fails with its usage when it is called with %p', async (args, problem) => {
    const { code, stdout, stderr } = await run(...args);

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(problem);
    expect(stderr).toContain('usage: npm run fault-matrix');
  });
});
