import { createAssetPriceSource, getAssetDao } from '@cnop/dao-inventory';
import type { Database } from '@cnop/database-core';

export async function listAsset(database: Database): Promise<void> {
  const assetDao = getAssetDao(database);
  const terms = { category: 'STOCK', currency: 'USD', decimals: 0, priceScale: 2 } as const;

  await assetDao.createAsset({ assetId: 'AAPL', name: 'Apple Inc.', ...terms });
  await assetDao.setPrice({ assetId: 'AAPL', price: '223.02', asOf: '2010-03-01T00:00:00Z', source: 'vega-datasets' });

  const { items } = await assetDao.getAssets({ category: 'STOCK', status: 'ACTIVE', limit: 20 });
  console.log(items.length); // 1

  const priceSource = createAssetPriceSource({ assetDao, cacheTtlMs: 1_000 });
  const { priceMinor, priceAsOf } = await priceSource.getQuote('AAPL');
  console.log(priceMinor); // 22302n
  console.log(priceAsOf); // 2010-03-01T00:00:00.000Z
}
