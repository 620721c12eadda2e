import fc from 'fast-check';
import { readArguments } from '../../src/arguments.ts';

const known = ['--seed', '--months', '--json', '--help', '7', '12'];
const hostile = [
  '',
  '-',
  '--',
  '0',
  '-1',
  '1e3',
  '0x10',
  '7\n',
  '９',
  '9'.repeat(400),
  'constructor',
  '__proto__',
  '--__proto__=1',
];
const codeUnits = fc.nat({ max: 0xffff }).map((unit) => String.fromCharCode(unit));
const argumentLists = fc.array(
  fc.oneof(fc.constantFrom(...known), fc.constantFrom(...hostile), fc.string({ unit: codeUnits, maxLength: 20 })),
  { maxLength: 5 },
);

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

  it('asks for help, refuses, or reads positive whole numbers, whatever it is given', () => {
    fc.assert(
      fc.property(argumentLists, (args) => {
        const asked = readArguments(args);
        const numbers = asked.kind === 'run' ? [asked.seed, asked.months ?? 1] : [];

        expect(numbers.every((count) => Number.isSafeInteger(count) && count > 0)).toBe(true);
        expect(asked.kind !== 'refuse' || asked.problem.length > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
