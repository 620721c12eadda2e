import { getAssetDao } from '@cnop/dao-inventory';
import { getBalanceDao } from '@cnop/dao-ledger';
import { getOrderDao } from '@cnop/dao-order';
import { getSessionDao, getUserDao, profileCheck } from '@cnop/dao-user';
import type { Database } from '@cnop/database-core';
import { createOrderFlow } from '@cnop/flow-order';

/** The price of the one traded asset is set once, before the first run. */
const maxPriceAgeMs = 24 * 3_600_000;

/** What the rows call, by the name they call it by. */
const openers = {
  users: getUserDao,
  sessions: getSessionDao,
  balances: (database: Database) => getBalanceDao(database, { ownerCheck: profileCheck(database) }),
  orders: getOrderDao,
  assets: getAssetDao,
  flow: (database: Database) => createOrderFlow({ database, maxPriceAgeMs }),
} as const;

/** The types of the services. */
export const serviceTypes: Readonly<Record<keyof Services, string>> = {
  users: 'UserDao',
  sessions: 'SessionDao',
  balances: 'BalanceDao',
  orders: 'OrderDao',
  assets: 'AssetDao',
  flow: 'OrderFlow',
};

/** The services of one process. */
export type Services = { readonly [TName in keyof typeof openers]: ReturnType<(typeof openers)[TName]> };

/** More services, by name: the DAOs whose rows are derived. */
export type MoreServices = Readonly<Record<string, (database: Database) => object>>;

/** Opens the services of a process, each when it is first used: most runs need one of them. */
export function openServices(database: Database, more: MoreServices = {}): Services {
  const services = {};

  for (const [name, open] of Object.entries<(database: Database) => object>({ ...openers, ...more })) {
    let opened: object | undefined;
    Object.defineProperty(services, name, { enumerable: true, get: () => (opened ??= open(database)) });
  }
  return services as Services;
}
