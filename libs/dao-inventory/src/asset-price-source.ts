import { inventoryErrors, type PriceSource, type Quote } from '@cnop/entities-inventory';
import { ConfigurationError } from '@cnop/exceptions';
import { LRUCache } from 'lru-cache';
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
 * The price source that reads the price on the asset, strongly consistent, and keeps it for a moment.
 *
 * Callers that want one asset at once share one read; a failed read is not kept. A new price or a new status is therefore seen
 * within `cacheTtlMs`. Costs 1 read unit per asset and `cacheTtlMs` at most.
 *
 * @throws {@link ConfigurationError} when an option is not a whole number in its range.
 * @example
 * const priceSource = createAssetPriceSource({ assetDao: getAssetDao(database) });
 */
export function createAssetPriceSource({
  assetDao,
  cacheTtlMs = 1_000,
  maxAssets = 10_000,
}: AssetPriceSourceOptions): PriceSource {
  assertWhole('cacheTtlMs', cacheTtlMs, 0);
  assertWhole('maxAssets', maxAssets, 1);
  const readQuote = (assetId: string) => quoteOf(assetDao, assetId);
  if (cacheTtlMs === 0) return { getQuote: readQuote };

  // The cache takes a time of 0 for never.
  const now = () => assetDao.clock.now().getTime() || 1;
  const quotes = new LRUCache<string, Quote>({
    max: maxAssets,
    ttl: cacheTtlMs,
    // Ask the clock each time, and hand over a quote that was read even if newer ones have pushed it out meanwhile.
    ttlResolution: 0,
    ignoreFetchAbort: true,
    perf: { now },
    fetchMethod: async (assetId, _stale, { options }) => {
      const begun = now();
      const quote = await readQuote(assetId);

      // What a slow read returned may be as old as the read: its time counts from the beginning.
      options.ttl = Math.max(1, cacheTtlMs - (now() - begun));
      return quote;
    },
  });
  let latest = now();

  return {
    getQuote: async (assetId) => {
      const present = now();
      // A clock that was set back would keep old quotes for as long as it lags.
      if (present < latest) quotes.clear();
      latest = present;

      return (await quotes.fetch(assetId)) ?? (await readQuote(assetId));
    },
  };
}

async function quoteOf(assetDao: AssetPriceSourceOptions['assetDao'], id: string): Promise<Quote> {
  const asset = await assetDao.getAsset(id);
  const { assetId, currency, decimals, priceScale, status, minQuantityMinor, minNotionalMinor } = asset;
  const { priceMinor, priceAsOf, priceSource } = asset;
  if (priceMinor === undefined || priceAsOf === undefined || priceSource === undefined) {
    throw new inventoryErrors.PriceUnavailableError({ assetId });
  }

  return {
    asset: { assetId, currency, decimals, priceScale, status, minQuantityMinor, minNotionalMinor },
    priceMinor,
    priceAsOf,
    priceSource,
  };
}

function assertWhole(setting: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new ConfigurationError({ settings: [{ setting, rule: `must be a whole number from ${least}` }] });
  }
}
