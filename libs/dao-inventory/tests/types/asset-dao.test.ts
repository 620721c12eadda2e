import type { AssetChange, AssetDao, AssetPrice, createAssetPriceSource, NewAsset } from '@cnop/dao-inventory';
import type { Page } from '@cnop/database-core';
import type { Asset, PriceSource } from '@cnop/entities-inventory';
import { expectTypeOf } from 'expect-type';

it('types the API', () => {
  expectTypeOf<AssetDao['createAsset']>().returns.resolves.toEqualTypeOf<Asset>();
  expectTypeOf<AssetDao['findAsset']>().returns.resolves.toEqualTypeOf<Asset | undefined>();
  expectTypeOf<AssetDao['getAssets']>().returns.resolves.toEqualTypeOf<Page<Asset>>();
  expectTypeOf<typeof createAssetPriceSource>().returns.toEqualTypeOf<PriceSource>();
  expectTypeOf<NewAsset['status']>().toEqualTypeOf<'ACTIVE' | 'INACTIVE' | undefined>();
  expectTypeOf<NewAsset>().not.toHaveProperty('price');
  expectTypeOf<AssetPrice>().toEqualTypeOf<{ assetId: string; price: string; asOf: string; source: string }>();
  expectTypeOf<AssetChange['changes']>().not.toHaveProperty('priceScale');
});
