import type { AssetDao } from '@cnop/dao-inventory';
import type { OrderDao, TriggerStateDao } from '@cnop/dao-order';
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
  /** How far the workers of standing orders have come. */
  readonly triggers: TriggerStateDao;
  readonly balances: BalanceDao;
  readonly assets: AssetDao;
  readonly priceSource: PriceSource;
  readonly feeSchedule: FeeSchedule;
  readonly maxPriceAgeMs: number;
  readonly maxPriceAheadMs: number;
  /** By how much a stop or trailing buy may pay more than its trigger, unless it says otherwise. */
  readonly collarBps: number;
  readonly maxOrderLifeMs: number;
  /** How long after its expiry an order may still be due at a tick of before. */
  readonly expiryGraceMs: number;
  /** How many open orders of an owner may hold one code. */
  readonly maxOpenOrders: number;
  readonly expiryShards: number;
  readonly accountQueue: AccountQueue;
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** An order as it stands, and whether an earlier request had brought it there. */
export interface OrderResult {
  readonly order: Order;
  readonly replayed: boolean;
}

/** What an order flow works with. */
export interface OrderFlowOptions {
  readonly database: Database;
  /** Default: the asset's stored price, cached for at most a second. */
  readonly priceSource?: PriceSource;
  /**
   * What an order costs, in basis points of its notional; asked when it is placed or previewed, after the quote. Default: nothing.
   * See `flatFee`.
   */
  readonly feeSchedule?: FeeSchedule;
  /** The age, in milliseconds, beyond which a price is not traded on. Default 60 000. */
  readonly maxPriceAgeMs?: number;
  /** How far ahead of our clock the time of a price may be, in milliseconds, to be traded on. Default 5000. */
  readonly maxPriceAheadMs?: number;
  /** Lets this process place and refund the orders of one user one at a time. Default: nothing waits. See `createAccountQueue`. */
  readonly accountQueue?: AccountQueue;
  /** By how much a stop or trailing buy may pay more than its trigger, unless it says otherwise, in basis points. Default 500. */
  readonly collarBps?: number;
  /** How long an order may wait, in milliseconds; the same in every process of a deployment. Default 90 days. */
  readonly maxOrderLifeMs?: number;
  /** By how much clocks may be off, in milliseconds; see `createDatabase`. Default 5000. */
  readonly maxClockErrorMs?: number;
  /** How many open orders of an owner may hold one code. Default 500. */
  readonly maxOpenOrders?: number;
  /** Into how many parts the index of expiries is written; the same in every process of a deployment. Default 4. */
  readonly expiryShards?: number;
  /** Default: the database's. */
  readonly clock?: Clock;
  /** Default: the database's. */
  readonly ids?: IdSource;
}
