import { assetCreatedAt, orderIdOfKey, orderKey, statusCreatedAt } from '@cnop/entities-order/table';
import fc from 'fast-check';

import { assetIds, statuses, timestamps } from '../arbitraries.ts';

describe(orderKey, () => {
  it('puts the order id into the partition key', () => {
    expect(orderKey('o-1')).toEqual({ pk: 'ORDER#o-1', sk: 'ORDER' });
  });
});

describe(orderIdOfKey, () => {
  it('reads back every order id', () => {
    fc.assert(fc.property(fc.uuid(), (orderId) => expect(orderIdOfKey(orderKey(orderId).pk)).toBe(orderId)));
  });

  it.each(['USER#alice', 'ORDER#', 'ORDER', ''])('finds none in %p', (pk) => {
    expect(orderIdOfKey(pk)).toBeUndefined();
  });
});

describe(assetCreatedAt, () => {
  it('cannot be forged: a prefix with the separator picks exactly one asset', () => {
    expect(assetCreatedAt('BTC', '2026-01-05T09:30:00.000Z')).toBe('BTC#2026-01-05T09:30:00.000Z');
    fc.assert(
      fc.property(assetIds, assetIds, timestamps, (wanted, assetId, createdAt) => {
        expect(assetCreatedAt(assetId, createdAt).startsWith(`${wanted}#`)).toBe(assetId === wanted);
      }),
    );
  });

  it('sorts the orders of an asset by time', () => {
    fc.assert(
      fc.property(assetIds, timestamps, timestamps, (assetId, one, other) => {
        expect(assetCreatedAt(assetId, one) < assetCreatedAt(assetId, other)).toBe(new Date(one) < new Date(other));
      }),
    );
  });
});

describe(statusCreatedAt, () => {
  it('cannot be forged: a prefix with the separator picks exactly one status', () => {
    expect(statusCreatedAt('PENDING', '2026-01-05T09:30:00.000Z')).toBe('PENDING#2026-01-05T09:30:00.000Z');
    fc.assert(
      fc.property(statuses, statuses, timestamps, (wanted, status, createdAt) => {
        expect(statusCreatedAt(status, createdAt).startsWith(`${wanted}#`)).toBe(status === wanted);
      }),
    );
  });
});
