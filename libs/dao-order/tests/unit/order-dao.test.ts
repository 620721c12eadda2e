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

describe('what an index is asked for', () => {
  const dao = new OrderDao({ database: openDatabase() });
  const due = { assetId: 'AAPL', direction: 'RISE', priceMinor: 1n, shard: 0 } as const;
  const expiry = { hour: '2026-03-02T14', shard: 0, upTo: '2026-03-02T14:30:00.000Z' };

  it.each<[string, () => unknown]>([
    ['a price below 0', () => dao.dueOrders({ ...due, priceMinor: -1n })],
    ['a price of 26 digits', () => dao.dueOrders({ ...due, priceMinor: 10n ** 25n })],
    ['a part below 0', () => dao.dueOrders({ ...due, shard: -1 })],
    ['a direction that is none', () => dao.dueOrders({ ...due, direction: 'UP' as 'RISE' })],
    ['a time of 14 digits', () => dao.trailEntries({ assetId: 'AAPL', kind: 'LOW', shard: 0, fromMs: 10 ** 13 })],
    ['no hour', () => dao.expiryEntries({ ...expiry, hour: '2026-03-02' })],
    ['no moment', () => dao.expiryEntries({ ...expiry, upTo: 'soon' })],
  ])('is refused at once with %s', (_, ask) => {
    expect(ask).toThrow(sharedErrors.ValidationError);
  });

  it('takes the highest price that a key has room for', () => {
    expect(() => dao.dueOrders({ ...due, priceMinor: 10n ** 25n - 1n })).not.toThrow();
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
