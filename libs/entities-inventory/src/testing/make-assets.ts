import type { AssetCreate } from '../asset-requests.ts';
import type { Asset } from '../asset.ts';
import type { AssetTerms, Quote } from '../price-source.ts';
import type { Tick } from '../tick.ts';

const apple = {
  assetId: 'AAPL',
  name: 'Apple Inc.',
  category: 'STOCK',
  currency: 'USD',
  decimals: 0,
  priceScale: 2,
  status: 'ACTIVE',
} as const;

/** A valid request for a new asset: by default the active stock AAPL, traded whole, in USD. */
export function makeAssetCreate(overrides: Partial<AssetCreate> = {}): AssetCreate {
  return {
    ...apple,
    ...overrides,
  };
}

/** A valid asset: by default the active stock AAPL, traded whole, at 150.25 USD. */
export function makeAsset(overrides: Partial<Asset> = {}): Asset {
  return {
    ...apple,
    priceMinor: 15_025n,
    priceAsOf: '2026-01-05T09:30:00.000Z',
    priceSource: 'test-feed',
    executablePriceMinor: 15_025n,
    executableAsOf: '2026-01-05T09:30:00.000Z',
    executableSource: 'test-feed',
    minQuantityMinor: 1n,
    minNotionalMinor: 1n,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-05T09:30:00.000Z',
    termsVersion: 1,
    ...overrides,
  };
}

/** A valid tick: by default the executable price of AAPL at 150.25 USD, accepted a second after it was observed, the first of all. */
export function makeTick(overrides: Partial<Tick> = {}): Tick {
  return {
    assetId: 'AAPL',
    asOf: '2026-01-05T09:30:00.000Z',
    priceMinor: 15_025n,
    source: 'test-feed',
    acceptedAt: '2026-01-05T09:30:01.000Z',
    executable: true,
    ...overrides,
  };
}

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
