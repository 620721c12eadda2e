import { readFileSync } from 'node:fs';
import type { AssetDao } from '@cnop/dao-inventory';
import { inventoryErrors } from '@cnop/entities-inventory';
import { parse } from 'csv-parse/sync';

/** The closing prices of one month. */
export interface MonthlyClose {
  /** First day of the month, midnight UTC, ISO 8601. */
  readonly month: string;
  /** Price in US dollars as decimal text, by symbol; a symbol not yet listed is absent. */
  readonly prices: Readonly<Record<string, string>>;
}

interface Row {
  readonly symbol: string;
  readonly date: string;
  readonly price: string;
}

const columns = ['symbol', 'date', 'price'];

/** The sample price history: 560 closes of five stocks, oldest month first. */
export function loadPriceHistory(): MonthlyClose[] {
  const text = readFileSync(new URL('../data/stocks.csv', import.meta.url), 'utf8');

  return toMonthlyCloses(text);
}

/**
 * Reads `symbol,date,price` rows, with dates such as "Jan 1 2000", into months, oldest first.
 *
 * @throws Error naming the line, when a row cannot be read.
 */
export function toMonthlyCloses(csv: string): MonthlyClose[] {
  const rows = parse<Row>(csv, { columns: checkHeader, skip_empty_lines: true });
  const months = new Map<string, Record<string, string>>();

  for (const [index, { symbol, date, price }] of rows.entries()) {
    const month = Date.parse(`${date} UTC`);
    if (Number.isNaN(month) || !/^\d+(\.\d{1,2})?$/.test(price) || !/^[A-Z]+$/.test(symbol)) {
      throw new Error(`Line ${index + 2} of the price history cannot be read.`);
    }
    const key = new Date(month).toISOString();
    months.set(key, { ...months.get(key), [symbol]: price });
  }
  return [...months.entries()].sort().map(([month, prices]) => ({ month, prices }));
}

function checkHeader(header: string[]): string[] {
  if (header.join() !== columns.join()) {
    throw new Error('The price history must have the columns symbol, date and price.');
  }
  return header;
}

/** The last known price of every symbol, with its month. */
export function lastCloses(history: readonly MonthlyClose[]): Map<string, { price: string; month: string }> {
  const closes = new Map<string, { price: string; month: string }>();

  for (const { month, prices } of history) {
    for (const [symbol, price] of Object.entries(prices)) closes.set(symbol, { price, month });
  }
  return closes;
}

/** The stocks of the sample price history, by symbol. */
export const stockNames: Readonly<Record<string, string>> = {
  AAPL: 'Apple',
  AMZN: 'Amazon',
  GOOG: 'Google',
  IBM: 'IBM',
  MSFT: 'Microsoft',
};

/** Puts the five stocks into the inventory: priced in dollars and cents, traded in thousandths of a share. Those already there stay. */
export async function listStocks(assets: Pick<AssetDao, 'createAsset'>): Promise<void> {
  for (const [assetId, name] of Object.entries(stockNames)) {
    try {
      await assets.createAsset({
        assetId,
        name,
        category: 'STOCK',
        currency: 'USD',
        decimals: 3,
        priceScale: 2,
        minNotional: '1.00',
      });
    } catch (error) {
      if (!inventoryErrors.AssetExistsError.is(error)) throw error;
    }
  }
}
