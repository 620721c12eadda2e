import fc from 'fast-check';
import { multiplyAmounts } from '@cnop/utils';
import { collarOf, feeOf, holdPriceOf, needOf, quantityWithin, type HoldTerms } from '@cnop/entities-order';

const buy: HoldTerms = {
  orderType: 'LIMIT_BUY',
  quantityMinor: 1_234_567n, // 1.234567
  quantityScale: 6,
  priceScale: 3,
  currencyScale: 2,
  holdPriceMinor: 57_125n, // 57.125
  fills: [],
};

describe(needOf, () => {
  it('is the cost at the hold price, rounded up: 57.125 × 1.234567 = 70.524639875', () => {
    expect(needOf(buy)).toBe(7_053n);
  });

  it('has the fee of that on top, rounded up: 25 of 10 000 of 70.53 is 0.176325', () => {
    expect(needOf({ ...buy, feeBps: 25 })).toBe(7_053n + 18n);
  });

  it('adds a minor unit of cash, and with a fee one of fee, for each later fill', () => {
    expect(needOf({ ...buy, maxFills: 32 })).toBe(7_053n + 31n);
    expect(needOf({ ...buy, maxFills: 32, feeBps: 25 })).toBe(7_084n + feeOf(7_084n, 25) + 31n);
    expect(needOf({ ...buy, priceScale: 1, quantityScale: 1, currencyScale: 2, maxFills: 32 })).toBe(
      needOf({ ...buy, priceScale: 1, quantityScale: 1, currencyScale: 2 }),
    );
  });

  it('is what remains of a sell, and nothing when nothing does', () => {
    const fills = [{ quantityMinor: 1_000_000n }];

    expect(needOf({ ...buy, orderType: 'LIMIT_SELL', fills })).toBe(234_567n);
    expect(needOf({ ...buy, fills: [{ quantityMinor: 1_234_567n }] })).toBe(0n);
    expect(needOf({ ...buy, orderType: 'STOP_LOSS_SELL', fills: [{ quantityMinor: 1_234_567n }] })).toBe(0n);
  });

  it('is the notional of a buy by notional', () => {
    expect(needOf({ ...buy, notionalMinor: 5_000n, feeBps: 25 })).toBe(5_000n);
  });

  it('fails for a buy that lacks its hold price', () => {
    expect(() => needOf({ ...buy, holdPriceMinor: undefined })).toThrow('A buy lacks its hold price.');
  });

  it('may be just 10^24', () => {
    const whole = { quantityScale: 0, priceScale: 0, currencyScale: 0, quantityMinor: 1n };

    expect(needOf({ ...buy, ...whole, holdPriceMinor: 10n ** 24n })).toBe(10n ** 24n);
  });

  it('refuses what is above 10^24', () => {
    const dear = { ...buy, quantityMinor: 10n ** 24n, holdPriceMinor: 10n ** 9n };

    expect(() => needOf({ ...dear })).toThrow(expect.objectContaining({ code: 'AMOUNT_INVALID' }) as Error);
    expect(() =>
      needOf({
        ...buy,
        quantityScale: 0,
        priceScale: 0,
        currencyScale: 0,
        quantityMinor: 1n,
        holdPriceMinor: 10n ** 24n,
        feeBps: 1,
      }),
    ).toThrow(expect.objectContaining({ code: 'AMOUNT_INVALID', details: { rule: 'maximum', scale: 0 } }) as Error);
  });

  it('covers every fill with its fee, in whatever parts and at whatever prices up to the hold price', () => {
    const scale = fc.integer({ min: 0, max: 4 });
    const terms = fc.record({
      quantityMinor: fc.bigInt(1n, 10n ** 6n),
      quantityScale: scale,
      priceScale: scale,
      currencyScale: scale,
      holdPriceMinor: fc.bigInt(1n, 10n ** 6n),
      feeBps: fc.integer({ min: 0, max: 1_000 }),
      maxFills: fc.integer({ min: 1, max: 8 }),
    });

    fc.assert(
      fc.property(
        terms,
        fc.array(fc.tuple(fc.nat(9_999), fc.nat(9_999)), { minLength: 8, maxLength: 8 }),
        (order, parts) => {
          let fills: { quantityMinor: bigint }[] = [];
          const needed = (made: readonly { quantityMinor: bigint }[]) =>
            needOf({ orderType: 'LIMIT_BUY', ...order, fills: made });

          for (const [index, [share, discount]] of parts.slice(0, order.maxFills).entries()) {
            const remaining = order.quantityMinor - fills.reduce((sum, { quantityMinor }) => sum + quantityMinor, 0n);
            if (remaining === 0n) break;
            const part = (remaining * BigInt(share)) / 10_000n;
            const quantityMinor = index === order.maxFills - 1 || part === 0n ? remaining : part;
            const priceMinor = order.holdPriceMinor - (order.holdPriceMinor * BigInt(discount)) / 10_000n;
            const cash = multiplyAmounts({
              ...order,
              priceMinor,
              quantityMinor,
              resultScale: order.currencyScale,
              rounding: 'up',
            });
            const before = needed(fills);
            fills = [...fills, { quantityMinor }];

            expect(before - needed(fills) >= cash + feeOf(cash, order.feeBps)).toBe(true);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe(holdPriceOf, () => {
  it.each([
    [{ orderType: 'LIMIT_BUY', limitPriceMinor: 5n } as const, 5n],
    [{ orderType: 'STOP_LOSS_BUY', stopPriceMinor: 5n, maxPriceMinor: 6n } as const, 6n],
    [{ orderType: 'STOP_LOSS_BUY', stopPriceMinor: 5n, limitPriceMinor: 7n } as const, 7n],
    [{ orderType: 'TAKE_PROFIT_BUY', stopPriceMinor: 5n } as const, 5n],
    [{ orderType: 'TRAILING_STOP_BUY', maxPriceMinor: 9n } as const, 9n],
    [{ orderType: 'OCO_BUY', limitPriceMinor: 5n, stopPriceMinor: 8n, maxPriceMinor: 9n } as const, 9n],
    [{ orderType: 'OCO_BUY', limitPriceMinor: 5n, stopPriceMinor: 8n, stopLimitPriceMinor: 8n } as const, 8n],
    [{ orderType: 'OCO_BUY', limitPriceMinor: 50n, stopPriceMinor: 8n, stopLimitPriceMinor: 8n } as const, 50n],
  ])('of %p is %p', (order, price) => {
    expect(holdPriceOf(order)).toBe(price);
  });

  it('fails for an order that lacks it', () => {
    expect(() => holdPriceOf({ orderType: 'STOP_LOSS_BUY', stopPriceMinor: 5n })).toThrow(
      'STOP_LOSS_BUY lacks the price',
    );
  });
});

describe(quantityWithin, () => {
  it('is the largest quantity whose cost with its fee is within the notional', () => {
    const scale = fc.integer({ min: 0, max: 6 });
    const scales = fc.record({ quantityScale: scale, priceScale: scale, currencyScale: scale, feeBps: fc.nat(1_000) });

    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 9n), fc.bigInt(1n, 10n ** 6n), scales, (notionalMinor, priceMinor, terms) => {
        const costOf = (quantityMinor: bigint) => {
          const cash = multiplyAmounts({
            ...terms,
            priceMinor,
            quantityMinor,
            resultScale: terms.currencyScale,
            rounding: 'up',
          });
          return cash + feeOf(cash, terms.feeBps);
        };
        const quantityMinor = quantityWithin(notionalMinor, priceMinor, terms);

        expect(costOf(quantityMinor) <= notionalMinor).toBe(true);
        expect(costOf(quantityMinor + 1n) > notionalMinor).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe(collarOf, () => {
  it('is the trigger and the collar, rounded up', () => {
    expect(collarOf(1_000n, 500)).toBe(1_050n);
    expect(collarOf(1_001n, 500)).toBe(1_052n);
  });
});
