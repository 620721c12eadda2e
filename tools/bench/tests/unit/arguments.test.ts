import fc from 'fast-check';
import { parts, readArguments } from '../../src/arguments.ts';

const known = ['--short', '--only', '--document', '--help', 'growth', 'client-cpu'];
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
  it('measures every part unless some are named', () => {
    expect(readArguments(['--short'])).toEqual({ kind: 'run', short: true, document: false, only: parts });
    expect(readArguments(['--only', 'growth', '--only=throughput'])).toMatchObject({ only: ['growth', 'throughput'] });
  });

  it.each(['constructor', '__proto__', 'toString', 'speed', ''])('refuses to measure %j', (part) => {
    expect(readArguments(['--only', part])).toEqual({
      kind: 'refuse',
      problem: '--only must name a part of the measurements',
    });
  });

  it('asks for help, refuses, or names parts that there are, whatever it is given', () => {
    fc.assert(
      fc.property(argumentLists, (args) => {
        const asked = readArguments(args);

        expect(asked.kind !== 'run' || asked.only.every((part) => parts.includes(part))).toBe(true);
        expect(asked.kind !== 'refuse' || asked.problem.length > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
