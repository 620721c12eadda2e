import { sharedErrors } from '@cnop/exceptions';
import fc from 'fast-check';

import { MAX_MINOR, MAX_SCALE, multiplyAmounts, type MultiplyAmountsOptions } from '@cnop/utils';
import { thrownBy } from '../support/thrown-by.ts';

const scales = fc.integer({ min: 0, max: MAX_SCALE });
const factors = fc.oneof(
  fc.bigInt({ min: 0n, max: 10_000n }),
  fc.bigInt({ min: 0n, max: 10n ** 15n }),
  fc.bigInt({ min: 0n, max: MAX_MINOR }),
);
const products: fc.Arbitrary<Omit<MultiplyAmountsOptions, 'rounding'>> = fc.record({
  priceMinor: factors,
  priceScale: scales,
  quantityMinor: factors,
  quantityScale: scales,
  resultScale: scales,
});

/** The exact product in result units as a fraction: nothing is rounded here. */
function exactProduct(options: Omit<MultiplyAmountsOptions, 'rounding'>): { over: bigint; under: bigint } {
  return {
    over: options.priceMinor * options.quantityMinor * 10n ** BigInt(options.resultScale),
    under: 10n ** BigInt(options.priceScale + options.quantityScale),
  };
}

/** Runs the check on products within the largest amount, and sees the others refused. */
function checkEachWay(
  check: (result: bigint, product: { over: bigint; under: bigint }) => void,
  rounding: 'up' | 'down',
) {
  fc.assert(
    fc.property(products, (factorsAndScales) => {
      const product = exactProduct(factorsAndScales);
      const multiply = () => multiplyAmounts({ ...factorsAndScales, rounding });

      const tooLarge =
        rounding === 'up' ? product.over > MAX_MINOR * product.under : product.over >= (MAX_MINOR + 1n) * product.under;
      if (tooLarge) {
        expect(multiply).toThrow(sharedErrors.InvalidAmountError);
      } else {
        check(multiply(), product);
      }
    }),
    { numRuns: 1_000 },
  );
}

describe(multiplyAmounts, () => {
  const options = { priceMinor: 1n, priceScale: 2, quantityMinor: 1n, quantityScale: 2, resultScale: 2 };

  it('gives an exact product unrounded either way', () => {
    const exact = { ...options, priceMinor: 1_050n, quantityMinor: 300n };

    expect(multiplyAmounts({ ...exact, rounding: 'up' })).toBe(3_150n);
    expect(multiplyAmounts({ ...exact, rounding: 'down' })).toBe(3_150n);
  });

  it('rounds the smallest excess up and down', () => {
    expect(multiplyAmounts({ ...options, rounding: 'up' })).toBe(1n);
    expect(multiplyAmounts({ ...options, rounding: 'down' })).toBe(0n);
  });

  it('gives a finer result scale its decimals', () => {
    expect(multiplyAmounts({ ...options, resultScale: 6, rounding: 'down' })).toBe(100n);
  });

  it('rounds up to the smallest result that is not below the exact product', () => {
    checkEachWay((result, { over, under }) => {
      expect(result * under >= over).toBe(true);
      expect((result - 1n) * under < over).toBe(true);
    }, 'up');
  });

  it('rounds down to the largest result that is not above the exact product', () => {
    checkEachWay((result, { over, under }) => {
      expect(result * under <= over).toBe(true);
      expect((result + 1n) * under > over).toBe(true);
    }, 'down');
  });

  it('takes the largest amount and nothing beyond it', () => {
    const largest = { ...options, priceMinor: MAX_MINOR, priceScale: 0, quantityScale: 0, resultScale: 0 };

    expect(multiplyAmounts({ ...largest, rounding: 'up' })).toBe(MAX_MINOR);
    expect(thrownBy(() => multiplyAmounts({ ...largest, quantityMinor: 2n, rounding: 'up' }))).toMatchObject({
      code: 'AMOUNT_INVALID',
      details: { rule: 'maximum', scale: 0 },
    });
  });

  it.each(['priceMinor', 'quantityMinor'])('refuses a negative %s', (factor) => {
    expect(thrownBy(() => multiplyAmounts({ ...options, [factor]: -1n, rounding: 'up' }))).toMatchObject({
      code: 'AMOUNT_INVALID',
      details: { rule: 'negative' },
    });
  });

  it.each(['priceScale', 'quantityScale', 'resultScale'])('refuses a %s that no amount has', (scale) => {
    expect(() => multiplyAmounts({ ...options, [scale]: MAX_SCALE + 1, rounding: 'up' })).toThrow(RangeError);
  });
});
