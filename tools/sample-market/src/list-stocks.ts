import type { AssetDao } from '@cnop/dao-inventory';
import { inventoryErrors } from '@cnop/entities-inventory';

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
