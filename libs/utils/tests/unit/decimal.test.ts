import { sharedErrors } from '@cnop/exceptions';
import fc from 'fast-check';

import { formatDecimal, MAX_DECIMAL_LENGTH, MAX_MINOR, MAX_SCALE, parseDecimal } from '@cnop/utils';
import { thrownBy } from '../support/thrown-by.ts';

const minors = fc.bigInt({ min: -MAX_MINOR, max: MAX_MINOR });
const scales = fc.integer({ min: 0, max: MAX_SCALE });

/** The error's details, which tell the rule. */
function refusalOf(read: () => unknown): unknown {
  const error = thrownBy(read);
  expect(error).toBeInstanceOf(sharedErrors.InvalidAmountError);
  return (error as InstanceType<typeof sharedErrors.InvalidAmountError>).details;
}

describe(parseDecimal, () => {
  it.each([
    ['0', 0, 0n],
    ['0', 2, 0n],
    ['12.5', 2, 1_250n],
    ['12.50', 2, 1_250n],
    ['-0.05', 2, -5n],
    ['-0', 2, 0n],
    ['0.000000000000000001', 18, 1n],
    ['1000000000000000000000000', 0, MAX_MINOR],
    ['-1000000.000000000000000000', 18, -MAX_MINOR],
  ])('reads %s at scale %i', (text, scale, minor) => {
    expect(parseDecimal(text, scale)).toBe(minor);
  });

  it.each([
    '',
    ' ',
    '-',
    '.',
    '1.',
    '.5',
    '+1',
    '01',
    '-01',
    '00',
    '1e3',
    '1,000',
    ' 1',
    '1\n',
    '0x1f',
    '1_000',
    'NaN',
    'Infinity',
    '--1',
    '١',
    '1n',
  ])('refuses %j, which is no decimal text', (text) => {
    expect(refusalOf(() => parseDecimal(text, 2))).toEqual({ rule: 'shape', scale: 2 });
  });

  it.each(['1.001', '1.000', '-0.000'])('refuses %s at scale 2 rather than round it', (text) => {
    expect(refusalOf(() => parseDecimal(text, 2))).toStrictEqual({ rule: 'decimals', scale: 2 });
  });

  it.each([
    ['10000000000000000000000.01', 2],
    ['-1000000000000000000000001', 0],
    ['9'.repeat(MAX_DECIMAL_LENGTH), 0],
  ])('refuses %s at scale %i, beyond the largest amount', (text, scale) => {
    expect(refusalOf(() => parseDecimal(text, scale))).toEqual({ rule: 'maximum', scale });
  });

  it('refuses a text above the length limit without reading it', () => {
    const text = '1'.repeat(10_000_000);

    expect(refusalOf(() => parseDecimal(text, 2))).toEqual({ rule: 'shape', scale: 2 });
  });

  it('names the field in the details, and never shows the text', () => {
    const details = refusalOf(() => parseDecimal('secret', 8, 'quantity'));

    expect(details).toEqual({ rule: 'shape', scale: 8, field: 'quantity' });
  });

  it.each([-1, 19, 0.5, NaN])('refuses the scale %p as a mistake of the programmer', (scale) => {
    expect(() => parseDecimal('1', scale)).toThrow(RangeError);
    expect(() => formatDecimal(1n, scale)).toThrow(RangeError);
  });

  it('accepts exactly the documented grammar', () => {
    const grammar = /^-?(0|[1-9]\d*)(\.\d+)?$/;

    fc.assert(
      fc.property(fc.stringMatching(/^-?[0-9]{0,3}\.?[0-9]{0,3}[ e+]?$/), (text) => {
        const accept = () => parseDecimal(text, MAX_SCALE);

        if (grammar.test(text)) {
          expect(accept).not.toThrow();
        } else {
          expect(accept).toThrow(sharedErrors.InvalidAmountError);
        }
      }),
    );
  });
});

describe(formatDecimal, () => {
  it.each([
    [0n, 0, '0'],
    [0n, 2, '0.00'],
    [5n, 2, '0.05'],
    [-5n, 2, '-0.05'],
    [-1_250n, 2, '-12.50'],
    [1_250n, 0, '1250'],
    [1n, 18, '0.000000000000000001'],
    [MAX_MINOR * 1_000n, 2, '10000000000000000000000000.00'],
  ])('writes %s at scale %i as %s', (minor, scale, text) => {
    expect(formatDecimal(minor, scale)).toBe(text);
  });

  it('is read back as the same amount', () => {
    fc.assert(
      fc.property(minors, scales, (minor, scale) => {
        expect(parseDecimal(formatDecimal(minor, scale), scale)).toBe(minor);
      }),
    );
  });

  it('writes what was read, with all the decimals of the scale', () => {
    const decimals = fc
      .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 999_999n }), fc.stringMatching(/^[0-9]{0,18}$/), scales)
      .map(([negative, whole, tail, scale]) => ({
        negative,
        whole: whole.toString(),
        tail: tail.slice(0, scale),
        scale,
      }));

    fc.assert(
      fc.property(decimals, ({ negative, whole, tail, scale }) => {
        const magnitude = tail === '' ? whole : `${whole}.${tail}`;
        const isZero = /^[0.]*$/.test(magnitude);
        const full = scale === 0 ? whole : `${whole}.${tail.padEnd(scale, '0')}`;

        const written = formatDecimal(parseDecimal(`${negative ? '-' : ''}${magnitude}`, scale), scale);

        expect(written).toBe(negative && !isZero ? `-${full}` : full);
      }),
    );
  });

  it('gives different amounts different texts', () => {
    fc.assert(
      fc.property(minors, minors, scales, (left, right, scale) => {
        const texts = [left, right].map((minor) => formatDecimal(minor, scale));

        expect(texts[0] === texts[1]).toBe(left === right);
      }),
    );
  });
});
