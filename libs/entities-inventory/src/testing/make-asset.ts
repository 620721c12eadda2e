import type { Asset } from '../asset.ts';

/** A valid asset: by default the active stock AAPL, traded whole, at 150.25 USD. */
export function makeAsset(overrides: Partial<Asset> = {}): Asset {
  return {
    assetId: 'AAPL',
    name: 'Apple Inc.',
    category: 'STOCK',
    currency: 'USD',
    decimals: 0,
    priceScale: 2,
    priceMinor: 15_025n,
    priceAsOf: '2026-01-05T09:30:00.000Z',
    priceSource: 'test-feed',
    status: 'ACTIVE',
    minQuantityMinor: 1n,
    minNotionalMinor: 1n,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-05T09:30:00.000Z',
    version: 1,
    ...overrides,
  };
}
