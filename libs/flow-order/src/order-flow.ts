import type { Database } from '@cnop/database-core';
import { createAssetPriceSource, getAssetDao } from '@cnop/dao-inventory';
import { getOrderDao } from '@cnop/dao-order';
import { getBalanceDao } from '@cnop/dao-ledger';
import { MAX_PRICE_AHEAD_MS, type PriceSource } from '@cnop/entities-inventory';
import { flatFee, type FeeSchedule, type OrderPreview } from '@cnop/entities-order';
import { sharedErrors } from '@cnop/exceptions';
import type { Clock, IdSource } from '@cnop/utils';
import { assertWholeSetting } from '@cnop/validation';
import type { AccountQueue } from './account-queue.ts';
import { cancelOrder, type CancelOrder } from './cancel-order.ts';
import type { OrderFlowContext, OrderResult } from './order-flow-context.ts';
import { placeOrder } from './place-order.ts';
import type { PlaceOrder } from './placement.ts';
import { previewOrder } from './preview-order.ts';
import { refundOrder, type RefundOrder } from './refund-order.ts';

/** What an {@link OrderFlow} works with. */
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
   * The fee is ⌈notional × feeBps / 10 000⌉, on top of what a buyer pays, off what a seller receives, in the same entry. `feeBps` is
   * fixed on the order: a repeat shows the fee of the order as it was placed, whatever the schedule says by then.
   *
   * At most once per client order id, permanently: a repeat returns the order as it now stands and `replayed: true`. Without an
   * id of the client's a repeat is a new order. An order that was refused after an attempt of unknown outcome stays as FAILED, with
   * its `failureCode`, and a repeat shows that.
   *
   * @throws InsufficientFundsError with both figures, BalanceFrozenError, ScaleMismatchError, AssetNotFoundError,
   *   AssetInactiveError, PriceUnavailableError, PriceStaleError, PriceAheadError, InvalidQuoteError, PriceLimitError,
   *   QuantityTooSmallError, NotionalTooSmallError (also of a sale that its fee takes whole), FeeUnavailableError, InvalidFeeError,
   *   InvalidAmountError naming the field, CurrencyNotRegisteredError, OrderTypeNotSupportedError, IdempotencyKeyReusedError,
   *   ValidationError; ContentionError, ThrottledError, WriteExpiredError, ClockOffError, DatabaseUnavailableError, DatabaseError:
   *   this call traded nothing.
   *   OutcomeUnknownError with the `orderId`: repeat with the same client order id, or look that order up where there is none.
   */
  placeOrder(request: PlaceOrder): Promise<OrderResult>;
  /**
   * Says what a market order would come to if it were placed now: its price, value and fee, what it would debit and credit, and whether
   * the user can pay it. Checks all that {@link placeOrder} checks but the funds, and whether there is such an order already; writes
   * and reserves nothing. Costs 1 read unit, and none for the price while that is cached.
   *
   * @throws AssetNotFoundError, AssetInactiveError, PriceUnavailableError, PriceStaleError, PriceAheadError, InvalidQuoteError,
   *   PriceLimitError, QuantityTooSmallError, NotionalTooSmallError, FeeUnavailableError, InvalidFeeError, InvalidAmountError naming
   *   the field, CurrencyNotRegisteredError, OrderTypeNotSupportedError, ValidationError; DatabaseUnavailableError, ThrottledError, DatabaseError.
   */
  previewOrder(request: PlaceOrder): Promise<OrderPreview>;
  /**
   * Cancels an order that holds nothing; the order that is cancelled already is a replay. Costs 1 write unit per KB, besides those
   * of the order's indexes, and 1 read unit, 2 when the `owner` is given.
   *
   * @throws OrderNotFoundError, OrderNotCancellableError when it is over, IllegalOrderTransitionError when it holds money or assets,
   *   ValidationError, OutcomeUnknownError.
   */
  cancelOrder(request: CancelOrder): Promise<OrderResult>;
  /**
   * Undoes a completed order, once: what was received is taken back if it is still available, what was paid is returned, fee
   * included, all in one TransactWriteItems of four items. A second call is a replay. Costs 8 write units, besides those of the order's indexes,
   * and 1 read unit.
   *
   * The answer is the order as it was read just before, with its refund: a note that is written in that very moment may be missing.
   *
   * @throws OrderNotFoundError, OrderNotRefundableError, InsufficientFundsError with both figures, BalanceFrozenError,
   *   ValidationError; ContentionError, ThrottledError, WriteExpiredError, ClockOffError, DatabaseUnavailableError,
   *   DatabaseError: this call refunded nothing.
   *   OutcomeUnknownError: repeat it.
   */
  refundOrder(request: RefundOrder): Promise<OrderResult>;
}

const defaultMaxPriceAgeMs = 60_000;
const noQueue: AccountQueue = { run: (_, work) => work() };

/**
 * Wires the order flow over a database. Sends nothing.
 *
 * @throws {@link sharedErrors.ConfigurationError} when the maximum age is not a positive number, or the database lacks a table's name.
 * @example
 * const flow = createOrderFlow({ database });
 * await flow.placeOrder({ owner: 'ada', order: { orderType: 'MARKET_BUY', assetId: 'MSFT', quantity: '2' } });
 */
export function createOrderFlow(options: OrderFlowOptions): OrderFlow {
  const { database, maxPriceAgeMs = defaultMaxPriceAgeMs, maxPriceAheadMs = MAX_PRICE_AHEAD_MS } = options;
  if (!(maxPriceAgeMs > 0))
    throw new sharedErrors.ConfigurationError({ settings: [{ setting: 'maxPriceAgeMs', rule: 'must be positive' }] });

  assertWholeSetting('maxPriceAheadMs', maxPriceAheadMs, { from: 0 });

  const context: OrderFlowContext = {
    database,
    orders: getOrderDao(database),
    balances: getBalanceDao(database),
    priceSource: options.priceSource ?? createAssetPriceSource({ assetDao: getAssetDao(database) }),
    feeSchedule: options.feeSchedule ?? flatFee(0),
    maxPriceAgeMs,
    maxPriceAheadMs,
    accountQueue: options.accountQueue ?? noQueue,
    clock: options.clock ?? database.clock,
    ids: options.ids ?? database.ids,
  };

  return {
    placeOrder: (request) => placeOrder(context, request),
    previewOrder: (request) => previewOrder(context, request),
    cancelOrder: (request) => cancelOrder(context, request),
    refundOrder: (request) => refundOrder(context, request),
  };
}
