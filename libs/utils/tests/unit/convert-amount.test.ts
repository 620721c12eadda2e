import { convertAmount, MAX_MINOR, multiplyAmounts, type ConvertAmountOptions } from '@cnop/utils';
import fc from 'fast-check';

const half = { numerator: 1n, denominator: 2n };
const convert = (options: Partial<ConvertAmountOptions>) =>
  convertAmount({ amountMinor: 100n, amountScale: 2, rate: half, resultScale: 2, rounding: 'down', ...options });

describe('an amount that is converted', () => {
  it.each<{ given: Partial<ConvertAmountOptions>; down: bigint; up: bigint }>([
    { given: {}, down: 50n, up: 50n },
    { given: { amountMinor: 0n }, down: 0n, up: 0n },
    { given: { amountMinor: 1n }, down: 0n, up: 1n },
    { given: { rate: { numerator: 1n, denominator: 3n } }, down: 33n, up: 34n },
    { given: { rate: { numerator: 0n, denominator: 3n } }, down: 0n, up: 0n },
    {
      given: { amountMinor: 1_234n, rate: { numerator: 1_605n, denominator: 10n }, resultScale: 0 },
      down: 1_980n,
      up: 1_981n,
    },
    { given: { amountMinor: 7n, amountScale: 0, resultScale: 18 }, down: 35n * 10n ** 17n, up: 35n * 10n ** 17n },
    { given: { amountMinor: MAX_MINOR * 2n }, down: MAX_MINOR, up: MAX_MINOR },
  ])('is rounded once, down or up', ({ given, down, up }) => {
    expect([convert({ ...given, rounding: 'down' }), convert({ ...given, rounding: 'up' })]).toEqual([down, up]);
  });

  it.each([
    { given: { amountMinor: -1n }, rule: 'negative' },
    { given: { rate: { numerator: -1n, denominator: 2n } }, rule: 'negative' },
    { given: { amountMinor: MAX_MINOR * 2n + 1n, rounding: 'up' as const }, rule: 'maximum' },
    { given: { amountMinor: MAX_MINOR * 2n + 2n }, rule: 'maximum' },
  ])('is refused: $rule', ({ given, rule }) => {
    expect(() => convert(given)).toThrow(expect.objectContaining({ code: 'AMOUNT_INVALID' }) as Error);
    expect(() => convert(given)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ rule }) as object }) as Error,
    );
  });

  it.each([0n, -2n])('is a mistake of the program with the denominator %s', (denominator) => {
    const rate = { numerator: 1n, denominator };

    expect(() => convert({ rate })).toThrow(new RangeError('The denominator of a rate is above zero.'));
  });

  it.each([{ amountScale: 19 }, { resultScale: -1 }])('is a mistake of the program with %j', (given) => {
    expect(() => convert(given)).toThrow(RangeError);
  });

  it('is what a product is, where the rate is a decimal', () => {
    const scale = fc.integer({ min: 0, max: 6 });
    const factors = fc.record({
      amountMinor: fc.bigInt({ min: 0n, max: 10n ** 9n }),
      amountScale: scale,
      price: fc.bigInt({ min: 0n, max: 10n ** 7n }),
      priceScale: scale,
      resultScale: scale,
      rounding: fc.constantFrom('up', 'down'),
    });

    fc.assert(
      fc.property(factors, ({ price, priceScale, ...options }) => {
        const { amountMinor: quantityMinor, amountScale: quantityScale, resultScale, rounding } = options;
        const rate = { numerator: price, denominator: 10n ** BigInt(priceScale) };

        expect(convertAmount({ ...options, rate })).toBe(
          multiplyAmounts({ priceMinor: price, priceScale, quantityMinor, quantityScale, resultScale, rounding }),
        );
      }),
    );
  });
});
