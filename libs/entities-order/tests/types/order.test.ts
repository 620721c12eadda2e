import type { Order, OrderCreate, OrderResponse, TriggerKeys } from '@cnop/entities-order';
import { fromOrderItem, type OrderItem } from '@cnop/entities-order/table';
import { makeOrderCreate } from '@cnop/entities-order/testing';
import { expectTypeOf } from 'expect-type';

type StorageOnly =
  'pk' | 'sk' | 'assetCreatedAt' | 'statusCreatedAt' | 'requestHash' | 'writeId' | 'schemaVersion' | keyof TriggerKeys;

describe('the types of an order', () => {
  it('give an item the attributes of the domain, under the same names', () => {
    expectTypeOf<Exclude<keyof OrderItem, StorageOnly>>().toEqualTypeOf<Exclude<keyof Order, 'orderId'>>();
  });

  it('hold amounts as bigint in the domain and as text in a response', () => {
    expectTypeOf<Order['quantityMinor']>().toEqualTypeOf<bigint>();
    expectTypeOf<Order['heldMinor']>().toEqualTypeOf<bigint>();
    expectTypeOf<OrderResponse['quantity']>().toEqualTypeOf<string>();
    expectTypeOf<OrderResponse>().not.toHaveProperty('heldMinor');
  });

  it('let fromOrderItem take whatever the document client reads', () => {
    expectTypeOf(fromOrderItem).parameter(0).toEqualTypeOf<Readonly<Record<string, unknown>>>();
    expectTypeOf(fromOrderItem).returns.toEqualTypeOf<Order>();
  });

  it('tell requests apart by their order type', () => {
    expectTypeOf<Extract<OrderCreate, { orderType: 'LIMIT_BUY' }>['limitPrice']>().toEqualTypeOf<string>();
    expectTypeOf<Extract<OrderCreate, { orderType: 'MARKET_BUY' }>>().not.toHaveProperty('limitPrice');
    expectTypeOf<OrderCreate>().not.toHaveProperty('owner');
    expectTypeOf(makeOrderCreate({ orderType: 'LIMIT_SELL' }).limitPrice).toEqualTypeOf<string>();
    expectTypeOf(makeOrderCreate().orderType).toEqualTypeOf<'MARKET_BUY'>();
  });
});
