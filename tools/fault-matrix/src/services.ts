import { getAssetDao } from '@cnop/dao-inventory';
import { getBalanceDao } from '@cnop/dao-ledger';
import { getOrderDao, getTriggerStateDao } from '@cnop/dao-order';
import { getSessionDao, getUserDao, profileCheck } from '@cnop/dao-user';
import type { Database } from '@cnop/database-core';
import { createOrderFlow } from '@cnop/flow-order';
import { createOrderEngine } from '@cnop/flow-order/engine';

/** The price of the one traded asset is set once, before the first run. */
const maxPriceAgeMs = 24 * 3_600_000;

/** What the rows call, by the name they call it by: its type, and how it is opened. */
export const serviceTypes = {
  users: ['UserDao', getUserDao],
  sessions: ['SessionDao', getSessionDao],
  balances: ['BalanceDao', (database: Database) => getBalanceDao(database, { ownerCheck: profileCheck(database) })],
  orders: ['OrderDao', getOrderDao],
  assets: ['AssetDao', (database: Database) => getAssetDao(database, { maxPriceAgeMs })],
  triggers: ['TriggerStateDao', getTriggerStateDao],
  engine: ['OrderEngine', (database: Database) => createOrderEngine({ database, maxPriceAgeMs })],
  flow: ['OrderFlow', (database: Database) => createOrderFlow({ database, maxPriceAgeMs })],
} as const;

/** The services of one process. */
export type Services = { readonly [TName in keyof typeof serviceTypes]: ReturnType<(typeof serviceTypes)[TName][1]> };

/** More services, by name: the DAOs whose rows are derived. */
export type MoreServices = Readonly<Record<string, (database: Database) => object>>;

/** Opens the services of a process, each when it is first used: most runs need one of them. */
export function openServices(database: Database, more: MoreServices = {}): Services {
  const services = {};
  const own = Object.entries(serviceTypes).map(([name, [, open]]) => [name, open] as const);

  for (const [name, open] of [...own, ...Object.entries(more)]) {
    let opened: object | undefined;
    Object.defineProperty(services, name, { enumerable: true, get: () => (opened ??= open(database)) });
  }
  return services as Services;
}
