import { getAssetDao } from '@cnop/dao-inventory';
import { getOrderDao } from '@cnop/dao-order';
import { getBalanceDao } from '@cnop/dao-ledger';
import { getSessionDao, getUserDao, profileCheck } from '@cnop/dao-user';
import type { Database } from '@cnop/database-core';
import { createOrderFlow } from '@cnop/flow-order';

/** Something with methods that the rows of the matrix are about. */
export interface ServiceKind {
  /** What its methods are named after, e.g. `OrderDao`. */
  readonly owner: string;
  /** Opens it over the database of a process. */
  readonly open: (database: Database) => object;
}

/** The price of the one traded asset is set once, before the first run. */
const maxPriceAgeMs = 24 * 3_600_000;

/** All that the rows call, by the name that they call it by. */
export const serviceKinds = {
  users: { owner: 'UserDao', open: getUserDao },
  sessions: { owner: 'SessionDao', open: getSessionDao },
  balances: {
    owner: 'BalanceDao',
    open: (database: Database) => getBalanceDao(database, { ownerCheck: profileCheck(database) }),
  },
  orders: { owner: 'OrderDao', open: getOrderDao },
  assets: { owner: 'AssetDao', open: getAssetDao },
  flow: { owner: 'OrderFlow', open: (database: Database) => createOrderFlow({ database, maxPriceAgeMs }) },
} as const satisfies Record<string, ServiceKind>;
