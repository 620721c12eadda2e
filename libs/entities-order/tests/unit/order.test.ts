import { orderSchema } from '@cnop/entities-order';
import { makeFill, makeOrder } from '@cnop/entities-order/testing';
import { MAX_MINOR } from '@cnop/utils';
import fc from 'fast-check';

import { orders } from './arbitraries.ts';

describe('orderSchema', () => {
  it('accepts every valid order as it is', () => {
    fc.assert(fc.property(orders, (order) => expect(orderSchema.parse(order)).toStrictEqual(order)));
  });

  it('takes an absent hold for none', () => {
    expect(orderSchema.parse({ ...makeOrder(), heldMinor: undefined }).heldMinor).toBe(0n);
  });

  it.each<[string, object]>([
    ['a quantity above the maximum', { quantityMinor: MAX_MINOR + 1n }],
    ['a quantity that is a number', { quantityMinor: 10 }],
    ['a negative hold', { heldMinor: -1n }],
    ['a fill of nothing', { fills: [makeFill({ quantityMinor: 0n })] }],
    ['an order id that is not a UUID', { orderId: 'o-1' }],
    ['a version of 0', { version: 0 }],
  ])('refuses %s', (_, change) => {
    expect(orderSchema.safeParse({ ...makeOrder(), ...change }).success).toBe(false);
  });
});
