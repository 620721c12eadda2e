import { createAssetPriceSource, getAssetDao } from '@cnop/dao-inventory';
import type { Database } from '@cnop/database-core';

export async function listAsset(database: Database): Promise<void> {
  const assetDao = getAssetDao(database);
  const terms = { category: 'STOCK', currency: 'USD', decimals: 0, priceScale: 2 } as const;

  await assetDao.createAsset({ assetId: 'AAPL', name: 'Apple Inc.', ...terms });
  await assetDao.setPrice({
    assetId: 'AAPL',
    price: '223.02',
    asOf: database.clock.now().toISOString(),
    source: 'feed',
  });

  const { items } = await assetDao.getAssets({ category: 'STOCK', status: 'ACTIVE', limit: 20 });
  console.log(items.length); // 1

  const priceSource = createAssetPriceSource({ assetDao, cacheTtlMs: 1_000 });
  const { priceMinor, priceAsOf } = await priceSource.getQuote('AAPL');
  console.log(priceMinor); // 22302n

  for await (const tick of assetDao.ticks({ assetId: 'AAPL', upTo: priceAsOf })) console.log(tick.executable); // true
}
