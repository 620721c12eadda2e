import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { assetItemSchema, fromAssetItem, toAssetItem } from '@cnop/entities-inventory/table';
import { makeAsset } from '@cnop/entities-inventory/testing';
import { MAX_MINOR } from '@cnop/utils';
import { Parser } from 'dynamodb-toolbox/schema/actions/parse';
import fc from 'fast-check';

import { assets } from '../arbitraries.ts';

const stamp = { termsWriteId: '0190f1d4-5c3e-7a10-8b2f-3d6c1e5a9b70' };

/** What the document client reads after the item was stored: small amounts as `number`, large ones as `bigint`. */
const stored = (item: object) => unmarshall(marshall(item));

describe(toAssetItem, () => {
  it('adds key, write ids and schema version to the attributes of the asset', () => {
    const asset = makeAsset();

    expect(toAssetItem({ ...asset, description: undefined }, stamp)).toStrictEqual({
      pk: 'ASSET#AAPL',
      sk: 'ASSET',
      ...asset,
      ...stamp,
      schemaVersion: 1,
    });
  });

  it('makes items that dynamodb-toolbox takes as they are', () => {
    const parser = assetItemSchema.build(Parser);

    fc.assert(
      fc.property(assets, (asset) => {
        const item = toAssetItem(asset, stamp);

        expect(parser.parse(item)).toStrictEqual(item);
      }),
    );
  });
});

describe(fromAssetItem, () => {
  it('reverses toAssetItem for every valid asset', () => {
    fc.assert(
      fc.property(assets, (asset) => expect(fromAssetItem({ ...toAssetItem(asset, stamp) })).toStrictEqual(asset)),
    );
  });

  it('reverses it also after a journey through the document client', () => {
    fc.assert(
      fc.property(assets, (asset) => {
        expect(fromAssetItem(stored(toAssetItem(asset, stamp)))).toStrictEqual(asset);
      }),
    );
  });

  it('makes bigint of what was read as number and of what was read as bigint', () => {
    const raw = stored(toAssetItem(makeAsset({ priceMinor: MAX_MINOR, minQuantityMinor: 7n }), stamp));

    expect([raw.priceMinor, raw.minQuantityMinor]).toEqual([MAX_MINOR, 7]);
    expect(fromAssetItem(raw)).toMatchObject({ priceMinor: MAX_MINOR, minQuantityMinor: 7n });
  });

  it('ignores attributes that it does not know', () => {
    const raw = { ...stored(toAssetItem(makeAsset(), stamp)), sector: 'IT', schemaVersion: 2 };

    expect(fromAssetItem(raw)).toStrictEqual(makeAsset());
  });

  it.each<[string, object]>([
    ['status', { status: 'HALTED' }],
    ['category', { category: undefined }],
    ['assetId', { assetId: undefined }],
    ['priceMinor', { priceMinor: '150.25' }],
    ['priceMinor', { priceMinor: 150.25 }],
    ['minNotionalMinor', { minNotionalMinor: 2 ** 60 }],
    ['decimals', { decimals: 0.5 }],
    ['termsVersion', { termsVersion: Number.NaN }],
    ['triggersPaused', { triggersPaused: false }],
    ['execution', { execution: 'BROKER' }],
  ])('names the item and the attribute when %s is malformed', (attribute, change) => {
    const read = () => fromAssetItem({ ...stored(toAssetItem(makeAsset(), stamp)), ...change });

    expect(read).toThrow('Malformed asset item ASSET#AAPL: ');
    expect(read).toThrow(`'${attribute}'`);
  });
});
