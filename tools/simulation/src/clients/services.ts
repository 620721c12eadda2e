import { getAssetDao, type AssetDao } from '@cnop/dao-inventory';
import { getOrderDao, type OrderDao } from '@cnop/dao-order';
import { getBalanceDao, type BalanceDao } from '@cnop/dao-ledger';
import { getUserDao, profileCheck, type UserDao } from '@cnop/dao-user';
import type { Database } from '@cnop/database-core';
import { createOrderFlow, type OrderFlow } from '@cnop/flow-order';

/** What a client calls, all over the database of one process. */
export interface Services {
  readonly database: Database;
  readonly users: UserDao;
  readonly balances: BalanceDao;
  readonly orders: OrderDao;
  readonly assets: AssetDao;
  readonly flow: OrderFlow;
}

/** Time passes quickly in a simulation: a price may be older than in earnest. */
const maxPriceAgeMs = 10 * 60_000;

/** Wires the services of a process. */
export const openServices = (database: Database): Services => ({
  database,
  users: getUserDao(database),
  balances: getBalanceDao(database, { ownerCheck: profileCheck(database) }),
  orders: getOrderDao(database),
  assets: getAssetDao(database),
  flow: createOrderFlow({ database, maxPriceAgeMs }),
});
