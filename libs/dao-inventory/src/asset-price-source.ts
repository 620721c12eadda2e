import { cachedReads } from '@cnop/database-core';
import { quoteOfAsset, type PriceSource } from '@cnop/entities-inventory';
import { assertWholeSetting } from '@cnop/validation';
import type { AssetDao } from './asset-dao.ts';

/** What a price source over assets works with. */
export interface AssetPriceSourceOptions {
  readonly assetDao: Pick<AssetDao, 'clock' | 'getAsset'>;
  /** How long a quote may be given again, in milliseconds of the DAO's clock. Default 1000; 0 reads every quote. */
  readonly cacheTtlMs?: number;
  /** Quotes kept at most; the least recently used one goes first. Default 10000. */
  readonly maxAssets?: number;
}

/**
 * The price source that reads the reference price of the asset, strongly consistent, and keeps it for a moment: the newest price that
 * was executable when it was accepted. While the newest price of all may be a misprint, there is none (PRICE_UNAVAILABLE).
 *
 * Callers that want one asset at once share one read; a failed read is not kept. A new price or a new status is therefore seen
 * within `cacheTtlMs`. Costs 1 read unit per asset and `cacheTtlMs` at most.
 *
 * @throws ConfigurationError when an option is not a whole number in its range.
 * @example
 * const priceSource = createAssetPriceSource({ assetDao: getAssetDao(database) });
 */
export function createAssetPriceSource({
  assetDao,
  cacheTtlMs = 1_000,
  maxAssets = 10_000,
}: AssetPriceSourceOptions): PriceSource {
  assertWholeSetting('cacheTtlMs', cacheTtlMs, { from: 0 });
  assertWholeSetting('maxAssets', maxAssets, { from: 1 });

  return {
    getQuote: cachedReads({
      read: async (assetId) => quoteOfAsset(await assetDao.getAsset(assetId)),
      clock: assetDao.clock,
      ttlMs: cacheTtlMs,
      maxKeys: maxAssets,
    }),
  };
}
