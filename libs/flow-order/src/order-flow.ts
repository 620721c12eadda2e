import type { Database } from '@cnop/database-core';
import { createAssetPriceSource, getAssetDao } from '@cnop/dao-inventory';
import { getOrderDao } from '@cnop/dao-order';
import { getBalanceDao } from '@cnop/dao-user';
import type { PriceSource } from '@cnop/entities-inventory';
import { ConfigurationError } from '@cnop/exceptions';
import type { Clock, IdSource } from '@cnop/utils';
import { cancelOrder, type CancelOrder } from './cancel-order.ts';
import type { OrderFlowContext } from './order-flow-context.ts';
import type { OrderResult } from './order-result.ts';
import { placeOrder, type PlaceOrder } from './place-order.ts';
import { refundOrder, type RefundOrder } from './refund-order.ts';

/** What an {@link OrderFlow} works with. */
export interface OrderFlowOptions {
  readonly database: Database;
  /** Default: the asset's stored price, cached for at most a second. */
  readonly priceSource?: PriceSource;
  /** The age, in milliseconds, beyond which a price is not traded on. Default 60 000. */
  readonly maxPriceAgeMs?: number;
  /** Default: the database's. */
  readonly clock?: Clock;
  /** Default: the database's. */
  readonly ids?: IdSource;
}

/** Orders together with the money and the assets they move. */
export interface OrderFlow {
  /**
   * Executes a market order: order, journal entry, cash and asset in one TransactWriteItems of four items; 8 write units, besides
   * those of the order's indexes, and no read while the price is cached.
   *
   * At most once per client order id, for ever: a repeat answers with the order as it now stands and `replayed: true`. Without an
   * id of the client's a repeat is a new order.
   *
   * @throws InsufficientFundsError with both figures, BalanceFrozenError, AssetNotFoundError, AssetInactiveError,
   *   PriceUnavailableError, PriceStaleError, PriceLimitError, QuantityTooSmallError, NotionalTooSmallError, InvalidAmountError,
   *   OrderTypeNotSupportedError, IdempotencyKeyReusedError, ValidationError: nothing was traded. OutcomeUnknownError: repeat with
   *   the same client order id.
   */
  placeOrder(request: PlaceOrder): Promise<OrderResult>;
  /**
   * Cancels an order that holds nothing; the order that is cancelled already is a replay. Costs 1 write unit, besides those of the
   * order's indexes, and 2 read units.
   *
   * @throws OrderNotFoundError, OrderNotCancellableError.
   */
  cancelOrder(request: CancelOrder): Promise<OrderResult>;
  /**
   * Undoes a completed order, once: what was received is taken back if it is still available, what was paid is returned, all in
   * one TransactWriteItems of four items. A second call is a replay. Costs 8 write units, besides those of the order's indexes,
   * and 1 read unit.
   *
   * @throws OrderNotFoundError, OrderNotRefundableError, InsufficientFundsError, BalanceFrozenError, OutcomeUnknownError.
   */
  refundOrder(request: RefundOrder): Promise<OrderResult>;
}

const defaultMaxPriceAgeMs = 60_000;

/**
 * Wires the order flow over a database. Sends nothing.
 *
 * @throws {@link ConfigurationError} when the maximum age is not a positive number.
 * @example
 * const flow = createOrderFlow({ database });
 * await flow.placeOrder({ username: 'ada', order: { orderType: 'MARKET_BUY', assetId: 'MSFT', quantity: '2' } });
 */
export function createOrderFlow(options: OrderFlowOptions): OrderFlow {
  const { database, maxPriceAgeMs = defaultMaxPriceAgeMs } = options;
  if (!(maxPriceAgeMs > 0)) throw new ConfigurationError({ setting: 'maxPriceAgeMs', rule: 'must be positive' });

  const context: OrderFlowContext = {
    database,
    orders: getOrderDao(database),
    balances: getBalanceDao(database),
    priceSource: options.priceSource ?? createAssetPriceSource({ assetDao: getAssetDao(database) }),
    maxPriceAgeMs,
    clock: options.clock ?? database.clock,
    ids: options.ids ?? database.ids,
  };

  return {
    placeOrder: (request) => placeOrder(context, request),
    cancelOrder: (request) => cancelOrder(context, request),
    refundOrder: (request) => refundOrder(context, request),
  };
}
