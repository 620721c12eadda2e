import { assetKey } from '@cnop/entities-inventory/table';
import fc from 'fast-check';

import { assetIds } from '../arbitraries.ts';

describe(assetKey, () => {
  it('puts the asset id into the partition key', () => {
    expect(assetKey('BTC')).toEqual({ pk: 'ASSET#BTC', sk: 'ASSET' });
  });

  it('cannot be forged: different assets have different keys', () => {
    fc.assert(
      fc.property(assetIds, assetIds, (one, other) => {
        expect(assetKey(one).pk === assetKey(other).pk).toBe(one === other);
        expect(assetKey(one).pk.split('#')).toEqual(['ASSET', one]);
      }),
    );
  });
});
