import { orderStatusSchema, type Order } from '@cnop/entities-order';
import { fromOrderItem, toOrderItem } from '@cnop/entities-order/table';
import { makeOrder } from '@cnop/entities-order/testing';
import type { ListQuery } from '@cnop/database-core';
import fc from 'fast-check';
import { userAssetOrdersQuery, userOrdersQuery, userStatusOrdersQuery } from '../../src/order-lists.ts';

const orderArbitrary: fc.Arbitrary<Order> = fc
  .record({
    orderId: fc.uuid(),
    owner: fc.stringMatching(/^[a-z0-9][a-z0-9._-]{2,29}$/),
    assetId: fc.stringMatching(/^[A-Z][A-Z0-9.-]{0,19}$/),
    status: fc.constantFrom(...orderStatusSchema.options),
    createdAt: fc
      .date({ min: new Date('2000-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString()),
  })
  .map((attributes) => makeOrder(attributes));

const page = { limit: 10 };
const queriesFor = (order: Order): Record<string, ListQuery<Order>> => ({
  createdAt: userOrdersQuery('orders', { ...page, owner: order.owner }),
  assetCreatedAt: userAssetOrdersQuery('orders', { ...page, owner: order.owner, assetId: order.assetId }),
  statusCreatedAt: userStatusOrdersQuery('orders', { ...page, owner: order.owner, status: order.status }),
});

describe('the queries of the lists of orders', () => {
  it('make of an order’s position the key at which it lies in the index', () => {
    fc.assert(
      fc.property(orderArbitrary, (order) => {
        const item: Record<string, unknown> = toOrderItem(order, { requestHash: 'h', writeId: 'w' });

        for (const [sortKey, query] of Object.entries(queriesFor(order))) {
          const key = { pk: item['pk'], sk: item['sk'], owner: order.owner, [sortKey]: item[sortKey] };

          expect(query.position(item)).toEqual([order.createdAt, order.orderId]);
          expect(query.startKey(query.position(item))).toEqual(key);
          // What the store gives as its last evaluated key is no whole item.
          expect(query.position(key)).toEqual(query.position(item));
        }
      }),
    );
  });

  it('have a binding of their own', () => {
    const [byOwner, byAsset, byStatus] = Object.values(queriesFor(makeOrder())).map(({ binding }) =>
      JSON.stringify(binding),
    );

    expect(new Set([byOwner, byAsset, byStatus]).size).toBe(3);
  });

  it('read the items of their index into orders', () => {
    expect(userOrdersQuery('orders', { ...page, owner: 'alice' }).fromItem).toBe(fromOrderItem);
  });
});
