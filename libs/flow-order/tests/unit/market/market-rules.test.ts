import { makeQuote, type QuoteOverrides } from '@cnop/entities-inventory/testing';
import { isDomainError, type DomainError } from '@cnop/exceptions';
import { MAX_FEE_BPS } from '@cnop/entities-order';
import { makeOrderCreate } from '@cnop/entities-order/testing';
import { MAX_MINOR } from '@cnop/utils';
import fc from 'fast-check';
import { assertTradable } from '../../../src/market/market-rules.ts';
import { priceAt, type PricedOrder } from '../../../src/market/priced-order.ts';

const now = new Date('2026-01-05T09:30:00.000Z');

/** By default 10 AAPL at 150.25 USD, of this moment: nothing against it. */
function pricedOrder({ quote, ...overrides }: Partial<Omit<PricedOrder, 'quote'>> & { quote?: QuoteOverrides } = {}) {
  return {
    order: makeOrderCreate({ orderType: 'MARKET_BUY' }),
    quote: makeQuote(quote),
    quantityMinor: 10n,
    currencyScale: 2,
    notionalMinor: 150_250n,
    feeBps: 0,
    feeMinor: 0n,
    cashMinor: 150_250n,
    ...overrides,
  };
}

function refusalOf(priced: PricedOrder): DomainError | undefined {
  try {
    assertTradable(priced, { now, maxPriceAgeMs: 60_000, maxPriceAheadMs: 5_000 });
  } catch (error) {
    if (isDomainError(error)) return error;
    throw error;
  }
  return undefined;
}

const at = (offsetMs: number) => new Date(now.getTime() + offsetMs).toISOString();

describe(assertTradable, () => {
  it('lets an order pass that breaks none', () => {
    expect(refusalOf(pricedOrder())).toBeUndefined();
  });

  it('refuses an inactive asset', () => {
    expect(refusalOf(pricedOrder({ quote: { asset: { status: 'INACTIVE' } } }))).toMatchObject({
      code: 'ASSET_INACTIVE',
      details: { assetId: 'AAPL' },
    });
  });

  it.each([
    ['of this moment', 0],
    ['just below the maximum age', -59_999],
    ['exactly of the maximum age', -60_000],
    ['as far ahead of our clock as is allowed', 5_000],
  ])('trades on a price that is %s', (_, offsetMs) => {
    expect(refusalOf(pricedOrder({ quote: { priceAsOf: at(offsetMs) } }))).toBeUndefined();
  });

  it('refuses a price a millisecond further ahead', () => {
    expect(refusalOf(pricedOrder({ quote: { priceAsOf: at(5_001) } }))).toMatchObject({
      code: 'PRICE_AHEAD',
      details: { assetId: 'AAPL', priceAsOf: '2026-01-05T09:30:05.001Z', maxAheadMs: 5_000 },
    });
  });

  it('refuses a price a millisecond older than the maximum age', () => {
    expect(refusalOf(pricedOrder({ quote: { priceAsOf: at(-60_001) } }))).toMatchObject({
      code: 'PRICE_STALE',
      details: { assetId: 'AAPL', priceAsOf: '2026-01-05T09:28:59.999Z', maxAgeMs: 60_000 },
    });
  });

  it('refuses a price whose time cannot be read', () => {
    expect(refusalOf(pricedOrder({ quote: { priceAsOf: 'yesterday' } }))).toMatchObject({ code: 'PRICE_STALE' });
  });

  it.each([
    ['below the cap', { maxPriceMinor: 15_026n }],
    ['at the cap', { maxPriceMinor: 15_025n }],
    ['at the floor', { minPriceMinor: 15_025n }],
    ['above the floor', { minPriceMinor: 15_024n }],
  ])('trades at a price %s', (_, limit) => {
    expect(refusalOf(pricedOrder(limit))).toBeUndefined();
  });

  it.each([
    ['above the cap', { maxPriceMinor: 15_024n }, '150.24'],
    ['below the floor', { minPriceMinor: 15_026n }, '150.26'],
  ])('refuses a price %s, with both figures', (_, subject, limit) => {
    expect(refusalOf(pricedOrder(subject))).toMatchObject({
      code: 'PRICE_LIMIT_EXCEEDED',
      details: { assetId: 'AAPL', price: '150.25', limit },
    });
  });

  it.each([
    ['at', 10n],
    ['above', 11n],
  ])('lets a quantity %s the minimum pass', (_, quantityMinor) => {
    expect(refusalOf(pricedOrder({ quantityMinor, quote: { asset: { minQuantityMinor: 10n } } }))).toBeUndefined();
  });

  it('refuses a quantity below the minimum, with both figures', () => {
    const asset = { minQuantityMinor: 10_000n, decimals: 4 };

    expect(refusalOf(pricedOrder({ quantityMinor: 9_999n, quote: { asset } }))).toMatchObject({
      code: 'QUANTITY_BELOW_MINIMUM',
      details: { assetId: 'AAPL', quantity: '0.9999', minimum: '1.0000' },
    });
  });

  it.each([
    ['at', 500n],
    ['above', 501n],
  ])('lets a value %s the minimum pass', (_, notionalMinor) => {
    expect(refusalOf(pricedOrder({ notionalMinor, quote: { asset: { minNotionalMinor: 500n } } }))).toBeUndefined();
  });

  it('refuses a value below the minimum, with both figures', () => {
    expect(refusalOf(pricedOrder({ notionalMinor: 499n, quote: { asset: { minNotionalMinor: 500n } } }))).toMatchObject(
      {
        code: 'NOTIONAL_BELOW_MINIMUM',
        details: { assetId: 'AAPL', notional: '4.99', minimum: '5.00' },
      },
    );
  });

  it('refuses a value that rounds to nothing, whatever the minimum', () => {
    expect(refusalOf(pricedOrder({ notionalMinor: 0n, quote: { asset: { minNotionalMinor: 0n } } }))).toMatchObject({
      code: 'NOTIONAL_BELOW_MINIMUM',
      details: { notional: '0.00', minimum: '0.01' },
    });
  });

  it('refuses a sale that the fee takes whole, with the least that leaves something', () => {
    const order = makeOrderCreate({ orderType: 'MARKET_SELL' });

    expect(refusalOf(pricedOrder({ order, notionalMinor: 1n, feeBps: 1 }))).toMatchObject({
      code: 'NOTIONAL_BELOW_MINIMUM',
      details: { notional: '0.01', minimum: '0.02' },
    });
    expect(refusalOf(pricedOrder({ order, notionalMinor: 2n, feeBps: MAX_FEE_BPS }))).toBeUndefined();
    expect(refusalOf(pricedOrder({ order, notionalMinor: 1n, feeBps: 0 }))).toBeUndefined();
    expect(refusalOf(pricedOrder({ notionalMinor: 1n, feeBps: MAX_FEE_BPS }))).toBeUndefined();
  });

  it('lets a sale pass exactly if it leaves something after the fee', () => {
    const order = makeOrderCreate({ orderType: 'MARKET_SELL', quantity: '1' });
    const quote = makeQuote({ asset: { minNotionalMinor: 0n } });
    const notional = fc.oneof(fc.bigInt(1n, 20_000n), fc.bigInt(1n, MAX_MINOR));

    fc.assert(
      fc.property(notional, fc.integer({ min: 0, max: MAX_FEE_BPS }), (priceMinor, feeBps) => {
        const priced = priceAt(order, { ...quote, priceMinor }, feeBps);

        expect(refusalOf({ ...priced, quote: { ...quote, priceMinor } }) === undefined).toBe(priced.cashMinor > 0n);
      }),
      { numRuns: 1_000 },
    );
  });

  it('names the first of several broken rules', () => {
    const broken = { quantityMinor: 0n, notionalMinor: 0n, maxPriceMinor: 1n };

    expect(refusalOf(pricedOrder({ ...broken, quote: { priceAsOf: at(-90_000) } }))?.code).toBe('PRICE_STALE');
  });
});
