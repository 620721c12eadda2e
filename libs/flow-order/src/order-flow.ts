import type { Order, OrderPreview, ShownWatermark } from '@cnop/entities-order';
import { cancelOrder, type CancelOrder } from './cancel-order.ts';
import { cancelOrders } from './cancel-orders.ts';
import { closeOrders } from './close-orders.ts';
import { createContext } from './create-context.ts';
import type { OrderAmendments } from './order-amendments.ts';
import { getOrderEvents } from './order-events.ts';
import type { OrderFlowOptions, OrderResult } from './order-flow-context.ts';
import type { OrderAdministration, VenueReports } from './order-operations.ts';
import { placeOrder } from './place-order.ts';
import type { PlaceOrder } from './placement.ts';
import { previewOrder } from './preview-order.ts';
import { refundOrder, type RefundOrder } from './refund-order.ts';
import { resumeOrder } from './resume-order.ts';
import { amendOrder } from './standing/amend-order.ts';
import { confirmEnd } from './standing/venue-end.ts';
import { executeOrder } from './standing/venue-fill.ts';
import { createWatermarks } from './standing/watermarks.ts';

/** Orders together with the money and the assets they move. */
export interface OrderFlow extends OrderAmendments, VenueReports, OrderAdministration {
  /**
   * Executes a market order: order, journal entry, cash and asset in one TransactWriteItems of four items; 8 write units, besides
   * those of the order's indexes, and no read while the price is cached.
   *
   * Lets any other order wait for its price, QUEUED, and holds what it may need: order, journal entry and balance in one
   * TransactWriteItems of three items; 6 write units and 5 of indexes, 6 for an OCO, and 1 read unit for the asset. A limit order that
   * the reference price meets is executed at once, as a market order is; one with exits then takes six items. On an asset that a venue
   * executes every order waits, a market order too, and IOC, FOK and a notional are refused.
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
   *   InvalidAmountError naming the field, CurrencyNotRegisteredError, IdempotencyKeyReusedError, ValidationError; of an order that
   *   waits also OrderWouldTriggerError, OrderNotMarketableError, LimitOnWrongSideError, ExitsOnWrongSideError, TrailTooWideError,
   *   ExpiryOutOfRangeError, TooManyOpenOrdersError; ContentionError, ThrottledError, WriteExpiredError, ClockOffError, DatabaseUnavailableError, DatabaseError:
   *   this call traded nothing.
   *   OutcomeUnknownError with the `orderId`: repeat with the same client order id, or look that order up where there is none.
   */
  placeOrder(request: PlaceOrder): Promise<OrderResult>;
  /**
   * Says what an order would come to if it were placed now: its price, value and fee, what it would debit, hold and credit, and whether
   * the user can pay it. Checks all that {@link placeOrder} checks but the funds, whether there is such an order already, and whether
   * it would trigger, which it tells; writes and reserves nothing. Costs 1 read unit, and for the asset 1 more, of a market order none
   * while the price is cached.
   *
   * @throws AssetNotFoundError, AssetInactiveError, PriceUnavailableError, PriceStaleError, PriceAheadError, InvalidQuoteError,
   *   PriceLimitError, QuantityTooSmallError, NotionalTooSmallError, FeeUnavailableError, InvalidFeeError, InvalidAmountError naming
   *   the field, CurrencyNotRegisteredError, ValidationError, and of an order that waits what placing it throws; DatabaseUnavailableError, ThrottledError, DatabaseError.
   */
  previewOrder(request: PlaceOrder): Promise<OrderPreview>;
  /**
   * Cancels an order and releases what it holds; what was filled stays. The order that is cancelled already is a replay. First it does
   * what the ticks accepted so far make due: an order that they fill, fail or expire is not cancelled. One that a venue executes is asked to
   * end (`endRequested`) and goes on to hold until the venue confirms it.
   *
   * Costs of an open order 6 write units and 6 of indexes, 2 read units and those of the log; of one that holds nothing 1 write unit
   * per KB and those of its indexes, and 2 read units.
   *
   * @throws OrderNotFoundError, OrderNotCancellableError with its status when it is over, ContentionError when other writes keep coming
   *   first, ValidationError, OutcomeUnknownError.
   */
  cancelOrder(request: CancelOrder): Promise<OrderResult>;
  /**
   * Undoes all fills of an order that is over, once: what was received is taken back if it is still available, what was paid is
   * returned, fees included, all in one TransactWriteItems of four items. The entry of a bracket waits for its exits. A second call is a replay. Costs 8 write units, besides those of the order's indexes,
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
  /**
   * The watermark of an open trailing order as of now, to show it; exact to the second. `undefined` of any other order. Costs for all
   * orders of an asset, once a second, 1 read unit, and those of its checkpoint and of the ticks since.
   */
  watermarkOf(order: Order): Promise<ShownWatermark | undefined>;
}

/**
 * Wires the order flow over a database. Sends nothing.
 *
 * @throws {@link sharedErrors.ConfigurationError} when the maximum age is not a positive number, or the database lacks a table's name.
 * @example
 * const flow = createOrderFlow({ database });
 * await flow.placeOrder({ owner: 'ada', order: { orderType: 'MARKET_BUY', assetId: 'MSFT', quantity: '2' } });
 */
export function createOrderFlow(options: OrderFlowOptions): OrderFlow {
  const context = createContext(options);

  return {
    placeOrder: (request) => placeOrder(context, request),
    previewOrder: (request) => previewOrder(context, request),
    cancelOrder: (request) => cancelOrder(context, request),
    refundOrder: (request) => refundOrder(context, request),
    amendOrder: (request) => amendOrder(context, request),
    cancelOrders: (request) => cancelOrders(context, request),
    getOrderEvents: (orderId, of) => getOrderEvents(context, orderId, of),
    watermarkOf: createWatermarks(context),
    executeOrder: (fill) => executeOrder(context, fill),
    confirmEnd: (end) => confirmEnd(context, end),
    closeOrders: (request) => closeOrders(context, request),
    resumeOrder: (request) => resumeOrder(context, request),
  };
}
