import { exitIdFor, orderIdFor } from '@cnop/entities-order';
import { orderIdSchema } from '@cnop/validation';
import fc from 'fast-check';

import { clientOrderIds, owners } from './arbitraries.ts';

describe(orderIdFor, () => {
  it('never changes: a stored order must be found again by later releases', () => {
    expect(orderIdFor('alice', 'order-1')).toBe('3214a79f-3c44-5199-9e91-01538f7a0919');
  });

  it('gives an order id, the same each time', () => {
    fc.assert(
      fc.property(owners, clientOrderIds, (owner, clientOrderId) => {
        const orderId = orderIdFor(owner, clientOrderId);

        expect(orderIdSchema.parse(orderId)).toBe(orderId);
        expect(orderIdFor(owner, clientOrderId)).toBe(orderId);
      }),
    );
  });

  it('tells users and client order ids apart, also where their texts run together', () => {
    expect(orderIdFor('bob', '1-2')).not.toBe(orderIdFor('bob1', '-2'));
    fc.assert(
      fc.property(fc.tuple(owners, clientOrderIds), fc.tuple(owners, clientOrderIds), (one, other) => {
        fc.pre(one.join('\n') !== other.join('\n'));

        expect(orderIdFor(...one)).not.toBe(orderIdFor(...other));
      }),
    );
  });
});

describe(exitIdFor, () => {
  const entryId = '3214a79f-3c44-5199-9e91-01538f7a0919';

  it('never changes: a write that is repeated by a later release must meet the exit', () => {
    expect(exitIdFor(entryId, 1)).toBe('35a7c115-d9b5-595b-8354-2189b505c1ba');
  });

  it('gives every exit of every entry an order id of its own', () => {
    const ids = [exitIdFor(entryId, 1), exitIdFor(entryId, 2), exitIdFor('7c1f4b0e-2f0f-4c0a-9a51-6c3d8f0f5b27', 1)];

    expect(new Set(ids).size).toBe(3);
    expect(ids.map((id) => orderIdSchema.parse(id))).toEqual(ids);
  });
});
