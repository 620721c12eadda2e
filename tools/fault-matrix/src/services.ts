import { getAssetDao, type AssetDao } from '@cnop/dao-inventory';
import { getOrderDao, type OrderDao } from '@cnop/dao-order';
import {
  getBalanceDao,
  getSessionDao,
  getUserDao,
  type BalanceDao,
  type SessionDao,
  type UserDao,
} from '@cnop/dao-user';
import type { Database } from '@cnop/database-core';
import { createOrderFlow, type OrderFlow } from '@cnop/flow-order';

/** What can be called, all over the database of one process. */
export interface Services {
  readonly users: UserDao;
  readonly sessions: SessionDao;
  readonly balances: BalanceDao;
  readonly orders: OrderDao;
  readonly assets: AssetDao;
  readonly flow: OrderFlow;
}

/** The price of the one traded asset is set once, before the first run. */
const maxPriceAgeMs = 24 * 3_600_000;

/** Wires the services of a process, each when it is first asked for: most runs need one of them. */
export function openServices(database: Database): Services {
  let flow: OrderFlow | undefined;

  return {
    get users() {
      return getUserDao(database);
    },
    get sessions() {
      return getSessionDao(database);
    },
    get balances() {
      return getBalanceDao(database);
    },
    get orders() {
      return getOrderDao(database);
    },
    get assets() {
      return getAssetDao(database);
    },
    get flow() {
      flow ??= createOrderFlow({ database, maxPriceAgeMs });
      return flow;
    },
  };
}
