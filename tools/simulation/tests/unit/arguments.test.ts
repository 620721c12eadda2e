import fc from 'fast-check';
import { readArguments } from '../../src/arguments.ts';

const known = ['--seeds', '--from', '--seed', '--processes', '--json', '--help', '7', '12'];
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
  it('reads a range of seeds', () => {
    expect(readArguments(['--seeds', '12', '--from=7', '--processes', '2', '--json'])).toEqual({
      help: false,
      json: true,
      from: 7,
      seeds: 12,
      processes: 2,
    });
  });

  it('reads one seed, in one process', () => {
    expect(readArguments(['--seed', '7', '--seeds', '12'])).toMatchObject({ from: 7, seeds: 1, processes: 1 });
  });

  it('reads positive whole numbers or throws a TypeError, whatever it is given', () => {
    fc.assert(
      fc.property(argumentLists, (args) => {
        try {
          const { from, seeds, processes } = readArguments(args);

          expect([from, seeds, processes].every((count) => Number.isSafeInteger(count) && count > 0)).toBe(true);
        } catch (error) {
          // Jest's realm has another TypeError than Node's own `parseArgs`.
          expect(error).toMatchObject({ name: 'TypeError' });
        }
      }),
      { numRuns: 500 },
    );
  });
});
