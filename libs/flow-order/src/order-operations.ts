import type { CloseOrders, ClosedOrders } from './close-orders.ts';
import type { OrderResult } from './order-flow-context.ts';
import type { ResumeOrder } from './resume-order.ts';
import type { ConfirmEnd } from './standing/venue-end.ts';
import type { ExecuteOrder } from './standing/venue-fill.ts';

/** What the adapter of a venue reports of the orders that the venue executes. */
export interface VenueReports {
  /**
   * Books a fill of an order that a venue executes, once for each `venueFillId` of the order: what the fill pays is captured from the
   * hold, what the rest of the order no longer needs is returned at once, and partly filled it is PROCESSING. With the exits of a bracket
   * they are placed or raised in the same write. A fill that was booked before is a replay, also after the order is over; one that comes
   * after an end was asked for is booked.
   *
   * Costs 8 write units and 4 of indexes, 5 where it completes the order, and 1 read unit; of a bracket's entry 12 and 12, and 2.
   *
   * @throws OrderNotFoundError; ValidationError, also for an order that the platform executes; IdempotencyKeyReusedError when the id was
   *   booked with other figures; OrderNotOpenError with the status, FillExceedsOrderError with what remains, PriceLimitError when it is
   *   dearer than the hold price of a buy, or cheaper than the limit of a sell or the minimum of a market sell, TooManyFillsError
   *   when the last fill allowed does not complete the order, NotionalTooSmallError when its fee takes all that it brings,
   *   InvalidAmountError naming the field, BalanceFrozenError when the balance that pays is frozen: it is booked nowhere, and a fill is a
   *   fact, so have a person look at it. ContentionError, ThrottledError, DatabaseUnavailableError, OutcomeUnknownError: repeat it.
   */
  executeOrder(fill: ExecuteOrder): Promise<OrderResult>;
  /**
   * Ends an order that its venue has ended, and releases what it holds: with the status that was asked for (`endRequested`); where nobody
   * asked, EXPIRED from its expiry on, by our clock, and before it FAILED with VENUE_REJECTED. An order that ended like this is a replay.
   * Report every fill first: later ones are refused.
   * Costs 6 write units and 5 of indexes, and 1 read unit.
   *
   * @throws OrderNotFoundError; ValidationError, also for an order that the platform executes; OrderNotOpenError with its status when it
   *   is over otherwise; ContentionError, ThrottledError, DatabaseUnavailableError, OutcomeUnknownError: repeat it.
   */
  confirmEnd(end: ConfirmEnd): Promise<OrderResult>;
}

/** What administrators do with the orders of others. */
export interface OrderAdministration {
  /**
   * Ends every open order of an asset that is delisted as FAILED with ASSET_INACTIVE and releases what it holds, after doing what the
   * ticks accepted so far make due; one at a venue is asked to end. Deactivate the asset first, or new orders come in meanwhile. Orders
   * are found by indexes, which follow within moments, 100 at a time: repeat the call until it finds nothing.
   *
   * Costs of each order what a cancellation does, and 1 read unit.
   *
   * @throws AssetNotFoundError, ValidationError; what the orders themselves are refused with is in the result.
   */
  closeOrders(request: CloseOrders): Promise<ClosedOrders>;
  /**
   * Brings an order back that was set aside, because its execution failed repeatedly: what the log makes due of it is done in the same
   * write, at the tick of then; else it is within reach of triggers again. One that is not set aside is a replay.
   *
   * Costs what an execution does, or 1 write unit and 5 of indexes, and 2 read units and those of the log.
   *
   * @throws OrderNotFoundError, OrderNotOpenError with its status when it is over, ValidationError; whatever its execution is refused
   *   with, and it stays set aside then; ContentionError, OutcomeUnknownError.
   */
  resumeOrder(request: ResumeOrder): Promise<OrderResult>;
}
