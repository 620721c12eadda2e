import * as fc from 'fast-check';
import { addNumbers, compareNumbers, normalizeNumber, subtractNumbers } from '../../src/store/decimal.ts';
import { errorNamed } from '../support/error-named.ts';

const minor = fc.bigInt({ min: -(10n ** 37n), max: 10n ** 37n });
const scaled = fc.tuple(minor, fc.nat(20)).map(([units, scale]) => ({ units, scale, text: `${units}e-${scale}` }));

describe(normalizeNumber, () => {
  it.each([
    ['0', '0'],
    ['-0.00', '0'],
    ['007', '7'],
    ['+1.50', '1.5'],
    ['.5', '0.5'],
    ['1e3', '1000'],
    ['-12E-3', '-0.012'],
    ['123456789012345678901234567890.12345678', '123456789012345678901234567890.12345678'],
  ])('keeps %s as %s', (text, expected) => {
    expect(normalizeNumber(text)).toBe(expected);
  });

  it.each(['', '.', 'x', '1_000', '0x10', '1'.repeat(39), '1e126', '1e-131'])('refuses %p', (text) => {
    expect(() => normalizeNumber(text)).toThrow(errorNamed('ValidationException'));
  });
});

describe('arithmetic', () => {
  it('is exact at any scale', () => {
    fc.assert(
      fc.property(minor, minor, (left, right) => {
        expect(addNumbers(String(left), String(right))).toBe(String(left + right));
        expect(subtractNumbers(String(left), String(right))).toBe(String(left - right));
      }),
    );
    expect(addNumbers('0.1', '0.2')).toBe('0.3');
    expect(subtractNumbers('1', '0.000000000000000001')).toBe('0.999999999999999999');
  });

  it('refuses a result of more than 38 digits', () => {
    expect(() => addNumbers('1e38', '1')).toThrow(errorNamed('ValidationException'));
  });

  it('orders by value, however it is written', () => {
    fc.assert(
      fc.property(scaled, scaled, (left, right) => {
        const difference = left.units * 10n ** BigInt(right.scale) - right.units * 10n ** BigInt(left.scale);

        expect(Math.sign(compareNumbers(left.text, right.text))).toBe(difference === 0n ? 0 : difference > 0n ? 1 : -1);
      }),
    );
  });
});
