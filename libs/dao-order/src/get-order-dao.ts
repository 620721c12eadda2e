import type { Database } from '@cnop/database-core';
import { OrderDao } from './order-dao.ts';

const orderDaos = new WeakMap<Database, OrderDao>();

/** The one OrderDao of a database, for injection. */
export function getOrderDao(database: Database): OrderDao {
  const dao = orderDaos.get(database) ?? new OrderDao({ database });

  orderDaos.set(database, dao);
  return dao;
}
