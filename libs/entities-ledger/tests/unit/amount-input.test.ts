import { amountInputProblems, minorOf } from '@cnop/entities-ledger';
import { formatDecimal, MAX_MINOR } from '@cnop/utils';
import fc from 'fast-check';
import { thrownBy } from './thrown-by.ts';

describe(amountInputProblems, () => {
  it.each([{ amount: '12.50' }, { amountMinor: 1n }])('finds nothing wrong with %p', (input) => {
    expect(amountInputProblems(input, { signed: false })).toEqual([]);
  });

  it.each([
    [{}, 'amount', 'Give the amount, as amount or as amountMinor.'],
    [{ amount: '1', amountMinor: 1n }, 'amount', 'Give the amount as amount or as amountMinor, not both.'],
    [{ amount: '0.00' }, 'amount', 'An amount is never zero.'],
    [{ amount: '-0' }, 'amount', 'An amount is never zero.'],
    [{ amountMinor: 0n }, 'amountMinor', 'An amount is never zero.'],
    [{ amount: '-1' }, 'amount', 'Only an adjustment may be negative.'],
    [{ amountMinor: -1n }, 'amountMinor', 'Only an adjustment may be negative.'],
  ])('names what is wrong with %p', (input, path, message) => {
    expect(amountInputProblems(input, { signed: false })).toEqual([{ path, message }]);
  });

  it.each([{ amount: '-1' }, { amountMinor: -1n }])('lets a signed amount be negative: %p', (input) => {
    expect(amountInputProblems(input, { signed: true })).toEqual([]);
  });
});

describe(minorOf, () => {
  it('reads a text at the scale of its code, and takes minor units as they are', () => {
    expect(minorOf({ amount: '12.5' }, 2)).toBe(1_250n);
    expect(minorOf({ amount: '-0.00000001' }, 8)).toBe(-1n);
    expect(minorOf({ amountMinor: 1_250n }, 8)).toBe(1_250n);
  });

  it('makes one amount of a text and of the minor units it stands for', () => {
    fc.assert(
      fc.property(fc.bigInt(-MAX_MINOR, MAX_MINOR), fc.integer({ min: 0, max: 18 }), (amountMinor, scale) => {
        expect(minorOf({ amount: formatDecimal(amountMinor, scale) }, scale)).toBe(minorOf({ amountMinor }, scale));
      }),
    );
  });

  it.each([
    ['decimals', { amount: '1.5' }],
    ['maximum', { amount: (MAX_MINOR + 1n).toString() }],
  ])('refuses a text by the rule %p, naming the field', (rule, input) => {
    expect(thrownBy(() => minorOf(input, 0))).toMatchObject({
      code: 'AMOUNT_INVALID',
      details: { rule, scale: 0, field: 'amount' },
    });
  });
});
