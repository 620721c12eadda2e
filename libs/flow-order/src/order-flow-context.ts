import type { OrderDao } from '@cnop/dao-order';
import type { BalanceDao } from '@cnop/dao-ledger';
import type { Database } from '@cnop/database-core';
import type { PriceSource } from '@cnop/entities-inventory';
import type { FeeSchedule, Order } from '@cnop/entities-order';
import type { Clock, IdSource } from '@cnop/utils';
import type { AccountQueue } from './account-queue.ts';

/** What every step of the flow works with. */
export interface OrderFlowContext {
  readonly database: Database;
  readonly orders: OrderDao;
  readonly balances: BalanceDao;
  readonly priceSource: PriceSource;
  readonly feeSchedule: FeeSchedule;
  readonly maxPriceAgeMs: number;
  readonly maxPriceAheadMs: number;
  readonly accountQueue: AccountQueue;
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** An order as it stands, and whether an earlier request had brought it there. */
export interface OrderResult {
  readonly order: Order;
  readonly replayed: boolean;
}
