import { createDatabase } from '@cnop/database-core';
import { sharedErrors } from '@cnop/exceptions';
import { canTransition, orderTransitions, type OrderStatus } from '@cnop/entities-order';
import { makeOrder } from '@cnop/entities-order/testing';
import { getOrderDao, OrderDao } from '@cnop/dao-order';

const openDatabase = (tables: Record<string, string> = { orders: 'orders' }) =>
  createDatabase({ region: 'eu-west-1', tables });

describe(OrderDao, () => {
  it('asks for the name of its table at once', () => {
    expect(() => new OrderDao({ database: openDatabase({}) })).toThrow(
      new sharedErrors.ConfigurationError({ settings: [{ setting: 'tables.orders', rule: 'is required' }] }),
    );
  });

  it('reports a broken invariant when an absent order blocks a put', () => {
    const stamp = { requestHash: 'h', writeId: 'w', clientNamed: true };
    const guard = new OrderDao({ database: openDatabase() }).placeOrderGuard(makeOrder(), stamp);

    expect(() => guard.onConditionFailed(undefined, false)).toThrow('cannot block a put');
  });
});

describe(getOrderDao, () => {
  it('gives a DAO over the database', () => {
    expect(getOrderDao(openDatabase())).toBeInstanceOf(OrderDao);
  });
});

describe('the transitions from CONFIRMED', () => {
  it('reach in one step whatever can be reached, as updateOrderStatus relies on', () => {
    const reached = new Set<OrderStatus>(orderTransitions.CONFIRMED);
    for (const status of reached) for (const next of orderTransitions[status]) reached.add(next);

    expect([...reached].every((status) => canTransition('CONFIRMED', status))).toBe(true);
  });
});
