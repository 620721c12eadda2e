import { isDomainError } from '@cnop/exceptions';
import { decodeCursor, encodeCursor, formatDecimal, MAX_MINOR, MAX_SCALE, parseDecimal, toMinor } from '@cnop/utils';
import { decimalTextSchema } from '@cnop/validation';
import fc from 'fast-check';
import { hostileTexts } from '../../src/hostile-texts.ts';
import { runs } from '../../src/runs.ts';
import type { Fuzzed } from './fuzzed.ts';
import { thrownBy } from './thrown-by.ts';

const scales = fc.integer({ min: 0, max: MAX_SCALE });
const decimals = fc.oneof(
  hostileTexts,
  fc.stringMatching(/^-?\d{1,30}(\.\d{0,20})?$/),
  fc.record({ text: hostileTexts, minor: fc.bigInt(), scale: scales }).map(({ text, minor, scale }) => {
    return formatDecimal(minor, scale) + text;
  }),
);
const bindings = fc.array(hostileTexts, { maxLength: 3 });
const codeOf = (error: unknown): string => (isDomainError(error) ? error.code : String(error));

/** The cursor with one character changed, left out or put in. */
const altered = fc
  .record({ position: fc.array(fc.string({ maxLength: 40 }), { maxLength: 3 }), binding: bindings })
  .chain(({ position, binding }) => {
    const cursor = encodeCursor(position, binding);

    return fc
      .record({
        at: fc.nat(cursor.length),
        cut: fc.nat(1),
        put: fc.oneof(fc.constant(''), fc.string({ maxLength: 1 })),
      })
      .map(({ at, cut, put }) => ({ binding, cursor, text: cursor.slice(0, at) + put + cursor.slice(at + cut) }))
      .filter(({ text }) => text !== cursor);
  });

/** Parsers of one text. */
export const textParsers: readonly Fuzzed[] = [
  {
    name: 'parseDecimal',
    promise: 'refuses by AMOUNT_INVALID, or reads what is written back as the same number within the limits',
    check: () => {
      fc.assert(
        fc.property(decimals, scales, (text, scale) => {
          let minor: bigint;
          try {
            minor = parseDecimal(text, scale);
          } catch (error) {
            expect(codeOf(error)).toBe('AMOUNT_INVALID');
            return;
          }
          const written = formatDecimal(minor, scale);

          expect(minor <= MAX_MINOR && minor >= -MAX_MINOR).toBe(true);
          expect(parseDecimal(written, scale)).toBe(minor);
          expect(written.startsWith(text.replace(/^-(?=[0.]*$)/, ''))).toBe(true);
        }),
        runs(1_000),
      );
    },
  },
  {
    name: 'parseDecimal',
    promise: 'reads every text that decimalTextSchema lets through, unless it has too many decimals or is too large',
    check: () => {
      fc.assert(
        fc.property(decimals, scales, (text, scale) => {
          const error = thrownBy(() => parseDecimal(text, scale));
          const isShape = isDomainError(error) && 'rule' in error.details && error.details.rule === 'shape';

          expect(decimalTextSchema.safeParse(text).success).toBe(!isShape && !text.startsWith('-'));
        }),
        runs(1_000),
      );
    },
  },
  {
    name: 'decodeCursor',
    promise: 'refuses any text that encodeCursor did not make',
    check: () => {
      fc.assert(
        fc.property(hostileTexts, bindings, (text, binding) => {
          expect(codeOf(thrownBy(() => decodeCursor(text, binding)))).toBe('CURSOR_INVALID');
        }),
        runs(100),
      );
      fc.assert(
        fc.property(altered, ({ text, binding }) => {
          expect(codeOf(thrownBy(() => decodeCursor(text, binding)))).toBe('CURSOR_INVALID');
        }),
        runs(100),
      );
    },
  },
  {
    name: 'decodeCursor',
    promise: 'gives back what was encoded, whatever its characters',
    check: () => {
      fc.assert(
        fc.property(
          fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 4 }),
          bindings,
          (position, binding) => {
            expect(decodeCursor(encodeCursor(position, binding), binding)).toEqual(position);
          },
        ),
        runs(100),
      );
    },
  },
  {
    name: 'toMinor',
    promise: 'gives the exact integer or throws',
    check: () => {
      fc.assert(
        fc.property(fc.oneof(fc.double(), fc.maxSafeInteger(), fc.bigInt()), (stored) => {
          const error = thrownBy(() => toMinor(stored));

          if (error === undefined) expect(toMinor(stored)).toBe(BigInt(stored));
          else expect(typeof stored === 'number' && !Number.isSafeInteger(stored)).toBe(true);
        }),
        runs(100),
      );
    },
  },
];
