import { assetCategorySchema, assetStatusSchema } from '@cnop/entities-inventory';
import { toAssetItem } from '@cnop/entities-inventory/table';
import { makeAsset } from '@cnop/entities-inventory/testing';
import fc from 'fast-check';
import { isReservedCode } from '@cnop/validation';
import { createDatabase } from '@cnop/database-core';
import { assetListQuery } from '../../src/asset-list.ts';
import { openInventoryTable } from '../../src/inventory-table.ts';

const database = createDatabase({ region: 'us-east-1', tables: { inventory: 'inventory' } });
const context = { database, table: openInventoryTable(database), maxPriceAheadMs: 5_000, maxPriceAgeMs: 60_000 };

const assetArbitrary = fc
  .record({
    assetId: fc.stringMatching(/^[A-Z][A-Z0-9.-]{0,19}$/).filter((assetId) => !isReservedCode(assetId)),
    status: fc.constantFrom(...assetStatusSchema.options),
    category: fc.constantFrom(...assetCategorySchema.options),
  })
  .map((attributes) => makeAsset(attributes));

describe(assetListQuery, () => {
  it('makes of an asset’s position the key at which it lies in the index', () => {
    fc.assert(
      fc.property(assetArbitrary, (asset) => {
        const { assetId, status, category } = asset;
        const item = toAssetItem(asset, { termsWriteId: 'w' });
        const byStatus = assetListQuery(context, { limit: 10, status });
        const byCategory = assetListQuery(context, { limit: 10, category });

        expect(byStatus.position(item)).toEqual([assetId]);
        expect(byStatus.startKey([assetId])).toEqual({ pk: item.pk, sk: item.sk, assetId, status });
        expect(byCategory.startKey([assetId])).toEqual({ pk: item.pk, sk: item.sk, assetId, category });
      }),
    );
  });
});
