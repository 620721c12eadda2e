import type { AssetCreate } from '../asset-requests.ts';

/** A valid request for a new asset: by default the active stock AAPL, traded whole, in USD. */
export function makeAssetCreate(overrides: Partial<AssetCreate> = {}): AssetCreate {
  return {
    assetId: 'AAPL',
    name: 'Apple Inc.',
    category: 'STOCK',
    currency: 'USD',
    decimals: 0,
    priceScale: 2,
    status: 'ACTIVE',
    ...overrides,
  };
}
