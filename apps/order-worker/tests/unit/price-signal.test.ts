import type { StreamRecord } from '@cnop/stream-records';
import { findPriceSignal } from '../../src/price-signal.ts';

const record = (newItem: object | undefined, oldItem?: object) => ({ newItem, oldItem }) as unknown as StreamRecord;
const asset = { sk: 'ASSET', assetId: 'BTC', priceAsOf: '2030-01-01T00:00:00.000Z' };

describe(findPriceSignal, () => {
  it('tells the price that a change has moved, of a new asset too', () => {
    const signal = { assetId: 'BTC', priceAsOf: asset.priceAsOf };

    expect(findPriceSignal(record(asset, { ...asset, priceAsOf: '2029' }))).toEqual(signal);
    expect(findPriceSignal(record(asset, { ...asset, priceAsOf: undefined }))).toEqual(signal);
    expect(findPriceSignal(record(asset))).toEqual(signal);
  });

  it.each([
    ['a change of the terms alone', record(asset, asset)],
    ['an asset without a price', record({ sk: 'ASSET', assetId: 'BTC' })],
    ['a tick', record({ ...asset, sk: 'TICK#2030' })],
    ['a removal', record(undefined, asset)],
  ])('tells nothing of %s', (_, each) => {
    expect(findPriceSignal(each)).toBeUndefined();
  });
});
