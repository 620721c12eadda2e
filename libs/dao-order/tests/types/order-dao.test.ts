import type { Page, WriteGuard } from '@cnop/database-core';
import type { Order, OrderDraft } from '@cnop/entities-order';
import { expectTypeOf } from 'expect-type';
import type { OrderChange, OrderDao, OrderResult, UserOrders } from '@cnop/dao-order';

it('types the API', () => {
  expectTypeOf<OrderDao['createOrder']>().toEqualTypeOf<(draft: OrderDraft) => Promise<OrderResult>>();
  expectTypeOf<OrderDao['findOrder']>().returns.resolves.toEqualTypeOf<Order | undefined>();
  expectTypeOf<OrderDao['getOrder']>().returns.resolves.toEqualTypeOf<Order>();
  expectTypeOf<OrderDao['getOrdersByUser']>().returns.resolves.toEqualTypeOf<Page<Order>>();
  expectTypeOf<OrderDao['placeOrderGuard']>().returns.toEqualTypeOf<WriteGuard>();
  expectTypeOf<{ owner: string }>().toExtend<UserOrders>();
  expectTypeOf<{ orderId: string; changes: { note: string } }>().not.toExtend<OrderChange>();
  expectTypeOf<OrderChange['changes']>().not.toHaveProperty('status');
  expectTypeOf<OrderResult>().not.toHaveProperty('item');
});
