import { readFileSync } from 'node:fs';
import type { AssetDao } from '@cnop/dao-inventory';
import { inventoryErrors } from '@cnop/entities-inventory';

/** The closing prices of one month. */
export interface MonthlyClose {
  /** First day of the month, midnight UTC, ISO 8601. */
  readonly month: string;
  /** Price in US dollars as decimal text, by symbol; a symbol not yet listed is absent. */
  readonly prices: Readonly<Record<string, string>>;
}

/** The sample price history: 560 closes of five stocks, oldest month first. */
export const loadPriceHistory = (): MonthlyClose[] =>
  JSON.parse(readFileSync(new URL('../data/stocks.json', import.meta.url), 'utf8')) as MonthlyClose[];

/** The last known price of every symbol. */
export const lastCloses = (): MonthlyClose['prices'] =>
  loadPriceHistory().reduce((closes, { prices }) => ({ ...closes, ...prices }), {});

const stockNames = { AAPL: 'Apple', AMZN: 'Amazon', GOOG: 'Google', IBM: 'IBM', MSFT: 'Microsoft' };
const stock = { category: 'STOCK', currency: 'USD', decimals: 3, priceScale: 2, minNotional: '1.00' } as const;

/** Puts the five stocks into the inventory: priced in dollars and cents, traded in thousandths of a share. Those already there stay. */
export async function listStocks(assets: AssetDao): Promise<void> {
  for (const [assetId, name] of Object.entries(stockNames)) {
    try {
      await assets.createAsset({ assetId, name, ...stock });
    } catch (error) {
      if (!inventoryErrors.AssetExistsError.is(error)) throw error;
    }
  }
}
