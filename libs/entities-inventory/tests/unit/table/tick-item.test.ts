import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import {
  assetKey,
  decodeInventoryItem,
  fromTickItem,
  isTickItem,
  tickItemSchema,
  tickKey,
  tickSortKeys,
  toAssetItem,
  toTickItem,
} from '@cnop/entities-inventory/table';
import { makeAsset, makeTick } from '@cnop/entities-inventory/testing';
import { Parser } from 'dynamodb-toolbox/schema/actions/parse';
import fc from 'fast-check';

import { assetIds, ticks } from '../arbitraries.ts';

const writeId = '01JGWYV2W0A1B2C3D4E5F6G7H8';
/** What the document client reads after the item was stored: small amounts as `number`, large ones as `bigint`. */
const stored = (item: object) => unmarshall(marshall(item));

const timestamps = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());

describe(tickKey, () => {
  it('puts a tick beside its asset, under its time', () => {
    expect(tickKey('BTC', '2026-01-05T09:30:00.000Z')).toEqual({
      pk: assetKey('BTC').pk,
      sk: 'TICK#2026-01-05T09:30:00.000Z',
    });
  });

  it('sorts by time', () => {
    fc.assert(
      fc.property(assetIds, timestamps, timestamps, (assetId, one, other) => {
        expect(tickKey(assetId, one).sk < tickKey(assetId, other).sk).toBe(Date.parse(one) < Date.parse(other));
      }),
    );
  });
});

describe(tickSortKeys, () => {
  it('takes exactly the ticks after one moment and up to another', () => {
    fc.assert(
      fc.property(timestamps, timestamps, timestamps, (after, upTo, asOf) => {
        const { from, to } = tickSortKeys({ after, upTo });
        const { sk } = tickKey('BTC', asOf);

        expect(from <= sk && sk <= to).toBe(after < asOf && asOf <= upTo);
        expect(tickSortKeys({}).from <= sk && sk <= tickSortKeys({}).to).toBe(true);
      }),
    );
  });

  it('takes the ticks of a boundary as it says', () => {
    const asOf = '2026-01-05T09:30:00.000Z';
    const { sk } = tickKey('BTC', asOf);

    expect(tickSortKeys({ after: asOf }).from > sk).toBe(true);
    expect(tickSortKeys({ upTo: asOf }).to).toBe(sk);
    expect(tickSortKeys({}).from > assetKey('BTC').sk).toBe(true);
  });
});

describe(toTickItem, () => {
  it('stores asset and time in the key, and flags only where they are true', () => {
    expect(toTickItem(makeTick({ executable: false }), { writeId })).toStrictEqual({
      pk: 'ASSET#AAPL',
      sk: 'TICK#2026-01-05T09:30:00.000Z',
      priceMinor: 15_025n,
      source: 'test-feed',
      acceptedAt: '2026-01-05T09:30:01.000Z',
      writeId,
      ttl: Date.parse('2026-04-12T09:30:01.000Z') / 1_000,
      schemaVersion: 1,
    });
    expect(toTickItem(makeTick(), { writeId })).toHaveProperty('executable', true);
  });

  it('makes items that dynamodb-toolbox takes as they are', () => {
    const parser = tickItemSchema.build(Parser);

    fc.assert(
      fc.property(ticks, (tick) => {
        const item = toTickItem(tick, { writeId });

        expect(parser.parse(item)).toStrictEqual(item);
      }),
    );
  });
});

describe(fromTickItem, () => {
  it('reverses toTickItem for every valid tick, also after a journey through the document client', () => {
    fc.assert(
      fc.property(ticks, (tick) => {
        expect(fromTickItem({ ...toTickItem(tick, { writeId }) })).toStrictEqual(tick);
        expect(fromTickItem(stored(toTickItem(tick, { writeId })))).toStrictEqual(tick);
      }),
    );
  });

  it.each<[string, object]>([
    ['priceMinor', { priceMinor: 1.5 }],
    ['acceptedAt', { acceptedAt: undefined }],
    ['executable', { executable: false }],
    ['sk', { sk: 'ASSET' }],
    ['pk', { pk: 'ORDER#1' }],
  ])('names the item and the attribute when %s is malformed', (attribute, change) => {
    const read = () => fromTickItem({ ...stored(toTickItem(makeTick(), { writeId })), ...change });

    expect(read).toThrow('Malformed tick item ');
    expect(read).toThrow(`'${attribute}'`);
  });
});

describe(decodeInventoryItem, () => {
  it('tells assets, ticks and what it does not know apart', () => {
    const tickItem = { ...toTickItem(makeTick(), { writeId }) };
    const assetItem = { ...toAssetItem(makeAsset(), { termsWriteId: writeId }) };
    const another = { ...assetItem, sk: 'CHECKPOINT' };

    expect(decodeInventoryItem(tickItem)).toEqual({ kind: 'tick', tick: makeTick() });
    expect(decodeInventoryItem(assetItem)).toEqual({ kind: 'asset', asset: makeAsset() });
    expect(decodeInventoryItem(another)).toEqual({ kind: 'unknown' });
    expect([tickItem, assetItem, another, {}].map(isTickItem)).toEqual([true, false, false, false]);
  });
});
