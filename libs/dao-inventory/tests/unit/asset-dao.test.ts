import { AssetDao, getAssetDao, type NewAsset } from '@cnop/dao-inventory';
import { createDatabase } from '@cnop/database-core';
import { sharedErrors } from '@cnop/exceptions';
import { createManualClock } from '@cnop/utils';

const clock = createManualClock('2026-01-05T09:30:00.000Z');
const openDatabase = (tables: Record<string, string> = { inventory: 'inventory' }) =>
  createDatabase({ region: 'eu-west-1', tables, clock });

describe(AssetDao, () => {
  it('asks for the name of its table at once', () => {
    expect(() => new AssetDao({ database: openDatabase({}) })).toThrow(
      new sharedErrors.ConfigurationError({ settings: [{ setting: 'tables.inventory', rule: 'is required' }] }),
    );
  });

  it.each<unknown>([undefined, null, 'AAPL', {}, { assetId: 1 }])(
    'refuses %j as a new asset',
    async (create: unknown) => {
      const assets = new AssetDao({ database: openDatabase() });

      await expect(assets.createAsset(create as NewAsset)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    },
  );

  it.each([{ maxPriceAgeMs: 0 }, { maxPriceAgeMs: 1.5 }, { maxPriceAheadMs: -1 }])('refuses %p', (options) => {
    expect(() => getAssetDao(openDatabase(), options)).toThrow(
      expect.objectContaining({ code: 'CONFIGURATION_INVALID' }) as Error,
    );
  });

  it('has the clock of its database', () => {
    expect(new AssetDao({ database: openDatabase() }).clock).toBe(clock);
  });
});

describe(getAssetDao, () => {
  it('gives a DAO over the database', () => {
    expect(getAssetDao(openDatabase())).toBeInstanceOf(AssetDao);
  });
});
