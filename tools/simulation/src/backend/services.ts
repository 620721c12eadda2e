import { getAssetDao } from '@cnop/dao-inventory';
import { getOrderDao } from '@cnop/dao-order';
import { getBalanceDao } from '@cnop/dao-ledger';
import { getUserDao, profileCheck } from '@cnop/dao-user';
import type { Database } from '@cnop/database-core';
import { inventoryTableShape } from '@cnop/entities-inventory/shape';
import { ledgerTableShape } from '@cnop/entities-ledger/shape';
import { flatFee } from '@cnop/entities-order';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { usersTableShape } from '@cnop/entities-user/shape';
import { createOrderFlow } from '@cnop/flow-order';
import { createOrderEngine } from '@cnop/flow-order/engine';
import { market } from '../workload/market.ts';

export const tableShapes = [usersTableShape, ledgerTableShape, ordersTableShape, inventoryTableShape];

/** What a client calls, all over the database of one process. */
export type Services = ReturnType<typeof openServices>;

/** Virtual time passes quickly: a price may be older than in production. */
export const maxPriceAgeMs = 10 * 60_000;

export const openServices = (database: Database) => ({
  database,
  users: getUserDao(database),
  balances: getBalanceDao(database, { ownerCheck: profileCheck(database) }),
  orders: getOrderDao(database),
  assets: getAssetDao(database, { maxPriceAgeMs }),
  // The ledger is judged up to the checkpoint: that is saved whenever ticks are worked off.
  engine: createOrderEngine({ database, maxPriceAgeMs, checkpointEveryMs: 0 }),
  flow: createOrderFlow({ database, maxPriceAgeMs, feeSchedule: flatFee(market.feeBps) }),
});
