import { AssetDao } from '@cnop/dao-inventory';
import { toAssetListResponse, toAssetResponse } from '@cnop/entities-inventory';
import { fromAssetItem, toAssetItem } from '@cnop/entities-inventory/table';
import { makeAsset, makeAssetCreate } from '@cnop/entities-inventory/testing';
import type { EntityFuzz } from '../entity-fuzz.ts';
import { exampleValues } from '../example-values.ts';

const { at, page, stamp } = exampleValues;
const asset = makeAsset({ description: 'A share.', priceMinor: 12_345n, priceAsOf: at, priceSource: 'feed' });

/** What is fuzzed of assets. */
export const assetFuzz: EntityFuzz = {
  library: 'entities-inventory',
  examples: {
    assetCategorySchema: [asset.category],
    assetCreateSchema: [{ ...makeAssetCreate(), description: 'A share.', minQuantity: '1', minNotional: '1.00' }],
    assetListResponseSchema: [toAssetListResponse({ items: [asset], nextCursor: 'AAAA' })],
    assetResponseSchema: [toAssetResponse(asset)],
    assetStatusSchema: ['INACTIVE'],
    assetUpdateSchema: [{ name: 'Apple', description: null, minQuantity: '1' }],
    assetSchema: [asset],
    priceUpdateSchema: [{ price: '185.25', asOf: at, source: 'feed' }],
  },
  readers: [
    { name: 'fromAssetItem', read: fromAssetItem, item: toAssetItem(makeAsset({ description: 'A share.' }), stamp) },
  ],
  dao: {
    name: 'AssetDao',
    open: (database) => new AssetDao({ database }),
    calls: {
      createAsset: [{ ...makeAssetCreate(), minQuantity: '1', description: 'A share.' }],
      findAsset: ['AAPL'],
      getAsset: ['AAPL'],
      getAssets: [{ category: 'STOCK', status: 'ACTIVE', ...page }],
      getAssetsByIds: [['AAPL', 'MSFT']],
      updateAsset: [{ assetId: 'AAPL', expectedVersion: 1, changes: { name: 'Apple', description: null } }],
      setPrice: [{ assetId: 'AAPL', price: '1.25', asOf: '2026-01-02T03:04:05.678Z', source: 'feed' }],
      activateAsset: ['AAPL'],
      deactivateAsset: ['AAPL'],
    },
  },
};
