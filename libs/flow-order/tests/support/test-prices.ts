import { inventoryErrors, type PriceSource, type Quote } from '@cnop/entities-inventory';
import { makeQuote, type QuoteOverrides } from '@cnop/entities-inventory/testing';

/** A price source whose quotes a test sets. */
export interface TestPrices extends PriceSource {
  set(quote: QuoteOverrides): void;
}

/** AAPL at 10.00 USD in whole units, BTC at 61234.57 USD with 8 decimals, NTT at 151.3 JPY in thousandths. */
export function createTestPrices(): TestPrices {
  const quotes = new Map<string, Quote>();
  const prices: TestPrices = {
    set: (overrides) => {
      const quote = makeQuote(overrides);
      quotes.set(quote.asset.assetId, quote);
    },
    getQuote: async (assetId) => {
      const quote = quotes.get(assetId);
      if (!quote) throw new inventoryErrors.AssetNotFoundError({ assetId });
      return quote;
    },
  };

  prices.set({ priceMinor: 1_000n });
  prices.set({ asset: { assetId: 'BTC', decimals: 8 }, priceMinor: 6_123_457n });
  prices.set({ asset: { assetId: 'NTT', currency: 'JPY', decimals: 3, priceScale: 1 }, priceMinor: 1_513n });
  return prices;
}
