import { inventoryErrors } from '@cnop/entities-inventory';
import { makeAsset } from '@cnop/entities-inventory/testing';
import { DatabaseUnavailableError } from '@cnop/exceptions';
import { listStocks, stockNames } from '@cnop/sample-market';

describe(listStocks, () => {
  it('lists the five stocks in dollars', async () => {
    const createAsset = jest.fn(async () => makeAsset());

    await listStocks({ createAsset });

    const common = { category: 'STOCK', currency: 'USD', decimals: 3, priceScale: 2 };
    expect(createAsset.mock.calls).toMatchObject(
      Object.entries(stockNames).map(([assetId, name]) => [{ assetId, name, ...common }]),
    );
  });

  it('goes on past those that are there already', async () => {
    const createAsset = jest.fn(async () => {
      throw new inventoryErrors.AssetExistsError({ assetId: 'AAPL' });
    });

    await listStocks({ createAsset });

    expect(createAsset).toHaveBeenCalledTimes(5);
  });

  it('ends at any other failure', async () => {
    const createAsset = jest.fn(async () => {
      throw new DatabaseUnavailableError({});
    });

    await expect(listStocks({ createAsset })).rejects.toThrow(DatabaseUnavailableError);
    expect(createAsset).toHaveBeenCalledTimes(1);
  });
});
