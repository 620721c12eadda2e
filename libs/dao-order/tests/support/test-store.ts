import { randomUUID } from 'node:crypto';
import { createDatabase, ensureTables, executeWrite, readItem, type Database, type RawItem } from '@cnop/database-core';
import { orderRequestHash, type Order, type OrderDraft, type TriggerShards } from '@cnop/entities-order';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { orderKey } from '@cnop/entities-order/table';
import { makeOrder, makeOrderDraft } from '@cnop/entities-order/testing';
import { createManualClock, type ManualClock } from '@cnop/utils';
import { OrderDao } from '@cnop/dao-order';
import { createFaultInjector, type FaultInjector, isolatedTables, testConnection, withoutStreams } from '@cnop/testing';

/** The DAO on an orders table of the test file's own. */
export interface TestStore {
  readonly database: Database;
  readonly clock: ManualClock;
  readonly orders: OrderDao;
  /** The same DAO over a connection of its own, whose requests fail by script; it never waits between attempts. */
  faulty(maxAttempts?: number): {
    readonly http: FaultInjector;
    readonly orders: OrderDao;
    readonly database: Database;
  };
  /** A name that no other test uses. */
  freshOwner(): string;
  /** A draft, of a fresh user unless one is named. */
  freshDraft(overrides?: Partial<OrderDraft>): OrderDraft;
  /** Puts an order in whatever state, as a flow would. */
  seed(overrides?: Partial<Order>, shards?: TriggerShards): Promise<Order>;
  /** The item as stored. */
  readRaw(orderId: string): Promise<RawItem | undefined>;
}

/** Opens a store before the tests of the file, and closes it after them. */
export function useTestStore(): TestStore {
  const clock = createManualClock('2026-01-05T09:30:00.000Z');
  const connection = {
    ...testConnection(),
    tables: isolatedTables(['orders']),
    clock,
  };
  const database = createDatabase(connection);
  const opened = [database];
  const orders = new OrderDao({ database });
  let users = 0;

  beforeAll(() => ensureTables(database, withoutStreams([ordersTableShape])));
  afterAll(() => opened.forEach((each) => each.close()));

  const freshOwner = () => {
    users += 1;
    return `user-${users}`;
  };

  return {
    database,
    clock,
    orders,
    freshOwner,
    freshDraft: (overrides) => makeOrderDraft({ owner: freshOwner(), ...overrides }),
    seed: async (overrides, shards) => {
      const at = clock.now().toISOString();
      const owner = overrides?.owner ?? freshOwner();
      const order = makeOrder({ orderId: randomUUID(), createdAt: at, updatedAt: at, ...overrides, owner });
      const requestHash = orderRequestHash(order.owner, order);

      await executeWrite(database, {
        operation: 'seed',
        guard: orders.placeOrderGuard(order, { requestHash, writeId: database.ids.ulid(), clientNamed: false, shards }),
      });
      return order;
    },
    readRaw: (orderId) => readItem(database, { tableName: connection.tables.orders, key: { ...orderKey(orderId) } }),
    faulty: (maxAttempts = 4) => {
      const http = createFaultInjector();
      const sleep = () => Promise.resolve();
      const faulty = createDatabase({
        ...connection,
        requestHandler: http,
        retry: { maxAttempts },
        sleep,
      });

      opened.push(faulty);
      return { http, orders: new OrderDao({ database: faulty }), database: faulty };
    },
  };
}
