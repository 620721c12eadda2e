import { assetCreateSchema, newAsset, toAssetResponse } from '@cnop/entities-inventory';
import { fromAssetItem, toAssetItem } from '@cnop/entities-inventory/table';
import { parseInput } from '@cnop/validation';

const create = parseInput(assetCreateSchema, {
  assetId: 'BTC', // never an ISO 4217 code
  name: 'Bitcoin',
  category: 'CRYPTO',
  currency: 'USD',
  decimals: 8,
  priceScale: 2,
  minNotional: '5.00',
});
const asset = newAsset(create, '2026-01-05T09:30:00.000Z');
console.log(asset.minNotionalMinor); // 500n

const item = toAssetItem(asset, { termsWriteId: 'of the call' });
console.log(item.pk); // ASSET#BTC
console.log(toAssetResponse(fromAssetItem(item)).minQuantity); // 0.00000001
