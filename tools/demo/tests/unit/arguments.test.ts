import { readArguments } from '../../src/arguments.ts';

describe(readArguments, () => {
  it.each([
    [[], { kind: 'run', seed: 1, json: false }],
    [['--seed', '7', '--months=12', '--json'], { kind: 'run', seed: 7, months: 12, json: true }],
    [['--help', '--seed', 'x'], { kind: 'help' }],
  ])('reads %p', (args, asked) => {
    expect(readArguments(args)).toEqual(asked);
  });

  it.each([
    [['--seed', 'x'], /--seed must be a positive whole number/],
    [['--seed', '0'], /--seed/],
    [['--seed', '1e3'], /--seed/],
    [['--seed', '1234567890'], /--seed/],
    [['--seed'], /--seed/],
    [['--months', '1.5'], /--months/],
    [['--sede', '1'], /--sede/],
    [['twelve'], /twelve/],
  ])('refuses %p', (args, problem) => {
    expect(readArguments(args)).toEqual({ kind: 'refuse', problem: expect.stringMatching(problem) as string });
  });
});
