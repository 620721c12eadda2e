import { makeQuote } from '@cnop/entities-inventory/testing';
import { makeOrderCreate } from '@cnop/entities-order/testing';
import { sharedErrors } from '@cnop/exceptions';
import { formatDecimal, MAX_MINOR } from '@cnop/utils';
import fc from 'fast-check';
import { isMarketOrder, amountsOf, priceAt } from '../../../src/market/priced-order.ts';

const scales = { quantityScale: 3, priceScale: 2 };
const buy = makeOrderCreate({ orderType: 'MARKET_BUY' });
const sell = makeOrderCreate({ orderType: 'MARKET_SELL' });

function refusalOf(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('The call was not refused.');
}

describe(isMarketOrder, () => {
  it.each([
    ['MARKET_BUY', true],
    ['MARKET_SELL', true],
    ['LIMIT_BUY', false],
    ['LIMIT_SELL', false],
  ] as const)('tells of %s: %s', (orderType, expected) => {
    expect(isMarketOrder(makeOrderCreate({ orderType }))).toBe(expected);
  });
});

describe(amountsOf, () => {
  it('reads a buy and its cap at the scales of the asset', () => {
    const amounts = amountsOf({ ...buy, quantity: '1.5', maxPrice: '151' }, scales);

    expect(amounts).toStrictEqual({ quantityMinor: 1_500n, maxPriceMinor: 15_100n });
  });

  it('reads a sell and its floor at the scales of the asset', () => {
    const amounts = amountsOf({ ...sell, quantity: '0.001', minPrice: '0.01' }, scales);

    expect(amounts).toStrictEqual({ quantityMinor: 1n, minPriceMinor: 1n });
  });

  it.each([buy, sell])('gives no limit where none is asked for: $orderType', (order) => {
    expect(amountsOf({ ...order, quantity: '2' }, scales)).toStrictEqual({ quantityMinor: 2_000n });
  });

  it.each([
    ['quantity', 3, { ...buy, quantity: '1.0000' }],
    ['maxPrice', 2, { ...buy, maxPrice: '1.000' }],
    ['quantity', 3, { ...sell, quantity: '0.0001' }],
    ['minPrice', 2, { ...sell, minPrice: '1.001' }],
  ] as const)('names the field with excess decimals, be they zeros: %s', (field, scale, order) => {
    const refusal = refusalOf(() => amountsOf(order, scales));

    expect(refusal).toBeInstanceOf(sharedErrors.InvalidAmountError);
    expect(refusal).toMatchObject({ code: 'AMOUNT_INVALID', details: { field, scale, rule: 'decimals' } });
  });

  it.each([
    ['quantity', { ...buy, quantity: `1${'0'.repeat(22)}` }],
    ['maxPrice', { ...buy, maxPrice: `1${'0'.repeat(23)}` }],
  ] as const)('names the field that is too large: %s', (field, order) => {
    expect(refusalOf(() => amountsOf(order, scales))).toMatchObject({ details: { field, rule: 'maximum' } });
  });
});

describe(priceAt, () => {
  it('carries order, quote, amounts and the scale of the currency', () => {
    const quote = makeQuote({ priceMinor: 15_025n });

    const order = { ...buy, quantity: '10', maxPrice: '151.00' };

    expect(priceAt(order, quote, 0)).toStrictEqual({
      order,
      quote,
      quantityMinor: 10n,
      maxPriceMinor: 15_100n,
      currencyScale: 2,
      notionalMinor: 150_250n,
      feeBps: 0,
      feeMinor: 0n,
      cashMinor: 150_250n,
    });
  });

  it.each([
    ['up for a buy', buy, 101n],
    ['down for a sell', sell, 100n],
  ] as const)('rounds %s', (_, order, notionalMinor) => {
    const quote = makeQuote({ asset: { decimals: 3 }, priceMinor: 201n });

    expect(priceAt({ ...order, quantity: '0.5' }, quote, 0)).toMatchObject({ notionalMinor });
  });

  it.each([buy, sell])('leaves an exact value as it is: $orderType', (order) => {
    const quote = makeQuote({ asset: { decimals: 3 }, priceMinor: 202n });

    expect(priceAt({ ...order, quantity: '0.5' }, quote, 0)).toMatchObject({ notionalMinor: 101n });
  });

  it('takes the scale of the currency from ISO 4217', () => {
    const quote = makeQuote({ asset: { currency: 'JPY' }, priceMinor: 15_025n });

    expect(priceAt({ ...buy, quantity: '1' }, quote, 0)).toMatchObject({ currencyScale: 0, notionalMinor: 151n });
  });

  it('refuses a value above the maximum', () => {
    const quote = makeQuote({ priceMinor: MAX_MINOR });

    expect(refusalOf(() => priceAt({ ...buy, quantity: '2' }, quote, 0))).toMatchObject({
      code: 'AMOUNT_INVALID',
      details: { rule: 'maximum' },
    });
  });

  it.each([
    ['on top of what a buyer pays', buy, 150_626n],
    ['off what a seller receives', sell, 149_874n],
  ] as const)('puts the fee %s', (_, order, cashMinor) => {
    const priced = priceAt({ ...order, quantity: '10' }, makeQuote({ priceMinor: 15_025n }), 25);

    expect(priced).toMatchObject({ notionalMinor: 150_250n, feeBps: 25, feeMinor: 376n, cashMinor });
  });

  it('lets a buyer pay just the maximum', () => {
    const priced = priceAt({ ...buy, quantity: '1' }, makeQuote({ priceMinor: MAX_MINOR }), 0);

    expect(priced).toMatchObject({ cashMinor: MAX_MINOR });
  });

  it.each([
    ['refuses what a buyer would pay above it', buy, { code: 'AMOUNT_INVALID', details: { rule: 'maximum' } }],
    ['sells at it, fee or not', sell, undefined],
  ] as const)('%s: the maximum', (_, order, refusal) => {
    const quote = makeQuote({ priceMinor: MAX_MINOR });
    const price = () => priceAt({ ...order, quantity: '1' }, quote, 1);

    if (refusal) expect(refusalOf(price)).toMatchObject(refusal);
    else expect(price()).toMatchObject({ cashMinor: MAX_MINOR - MAX_MINOR / 10_000n });
  });

  it('never rounds in the user’s favour, and never by a whole unit', () => {
    const scale = fc.integer({ min: 0, max: 18 });
    const minor = fc.bigInt({ min: 1n, max: 10n ** 10n });
    const trade = fc.record({
      priceMinor: minor,
      quantityMinor: minor,
      priceScale: scale,
      decimals: scale,
      currency: fc.constantFrom('JPY', 'USD', 'KWD'),
    });

    fc.assert(
      fc.property(trade, ({ priceMinor, quantityMinor, priceScale, decimals, currency }) => {
        const quote = makeQuote({ asset: { decimals, priceScale, currency }, priceMinor });
        const quantity = formatDecimal(quantityMinor, decimals);
        const paid = priceAt({ ...buy, quantity }, quote, 0);
        const received = priceAt({ ...sell, quantity }, quote, 0);

        // Both sides of each comparison are over the denominator 10^(priceScale + decimals + currencyScale).
        const exact = priceMinor * quantityMinor * 10n ** BigInt(paid.currencyScale);
        const denominator = 10n ** BigInt(priceScale + decimals);
        expect(paid.notionalMinor * denominator >= exact).toBe(true);
        expect((paid.notionalMinor - 1n) * denominator < exact).toBe(true);
        expect(received.notionalMinor * denominator <= exact).toBe(true);
        expect((received.notionalMinor + 1n) * denominator > exact).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
