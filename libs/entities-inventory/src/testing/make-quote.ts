import type { AssetTerms, Quote } from '../price-source.ts';

/** What may be set on a {@link makeQuote | quote}: any of its fields, and of the asset's terms only those that matter. */
export interface QuoteOverrides extends Partial<Omit<Quote, 'asset'>> {
  readonly asset?: Partial<AssetTerms>;
}

/** A valid quote: by default AAPL, active, traded whole, at 150.25 USD. */
export function makeQuote({ asset, ...overrides }: QuoteOverrides = {}): Quote {
  return {
    asset: {
      assetId: 'AAPL',
      currency: 'USD',
      decimals: 0,
      priceScale: 2,
      status: 'ACTIVE',
      minQuantityMinor: 1n,
      minNotionalMinor: 1n,
      ...asset,
    },
    priceMinor: 15_025n,
    priceAsOf: '2026-01-05T09:30:00.000Z',
    priceSource: 'test-feed',
    ...overrides,
  };
}
