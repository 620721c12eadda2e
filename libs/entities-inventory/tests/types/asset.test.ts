import type {
  Asset,
  AssetCreate,
  AssetResponse,
  AssetTerms,
  AssetUpdate,
  PriceSource,
  Quote,
} from '@cnop/entities-inventory';
import { fromAssetItem, type AssetItem } from '@cnop/entities-inventory/table';
import { expectTypeOf } from 'expect-type';

describe('the types of an asset', () => {
  it('give an item the attributes of the domain, under the same names', () => {
    expectTypeOf<Exclude<keyof AssetItem, 'pk' | 'sk' | 'termsWriteId' | 'writeId' | 'schemaVersion'>>().toEqualTypeOf<
      keyof Asset
    >();
  });

  it('hold amounts as bigint in the domain and as text in a response', () => {
    expectTypeOf<Asset['minQuantityMinor']>().toEqualTypeOf<bigint>();
    expectTypeOf<AssetResponse['minQuantity']>().toEqualTypeOf<string>();
    expectTypeOf<AssetResponse['price']>().toEqualTypeOf<string | undefined>();
  });

  it('let nothing change the currency and the scales', () => {
    expectTypeOf<AssetUpdate>().not.toHaveProperty('currency');
    expectTypeOf<AssetUpdate>().not.toHaveProperty('decimals');
    expectTypeOf<AssetUpdate>().not.toHaveProperty('priceScale');
    expectTypeOf<AssetCreate>().not.toHaveProperty('price');
  });

  it('let fromAssetItem take whatever the document client reads', () => {
    expectTypeOf(fromAssetItem).parameter(0).toEqualTypeOf<Readonly<Record<string, unknown>>>();
    expectTypeOf(fromAssetItem).returns.toEqualTypeOf<Asset>();
  });

  it('let an asset serve as the terms of its quote', () => {
    expectTypeOf<Asset>().toExtend<AssetTerms>();
    expectTypeOf<PriceSource['getQuote']>().returns.resolves.toEqualTypeOf<Quote>();
  });
});
