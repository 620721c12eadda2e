import type { OrderEvents } from '@cnop/entities-order';
import type { CancelledOrders, CancelOrders } from './cancel-orders.ts';
import type { OrderEventsOf } from './order-events.ts';
import type { OrderResult } from './order-flow-context.ts';
import type { AmendOrder } from './standing/amend-order.ts';

/** What owners do with their open orders besides cancelling one, and what they are told of each. */
export interface OrderAmendments {
  /**
   * Amends an open order: quantity (the whole, filled parts included), prices, trail, expiry. First it does what the ticks accepted so
   * far make due: an order that they fill, fail or expire is not amended. What it holds more or less then is held or released in the same
   * write. An order that is as it is asked for already is a replay, whatever version is expected: so is a repeat.
   *
   * Changed prices and a larger quantity begin at the newest tick, like an order that is placed now, and are checked against the
   * reference price; a trail keeps its watermark. What works as a limit order and is marketable by them is executed in that write, out of
   * its hold and, where that is short, of what is available; where the reference price is stale it rests. A smaller quantity and another
   * expiry keep everything. A maximum price that was not given follows a new stop or trail.
   *
   * At a venue an amendment that lowers the hold is for the role `venue` alone: nothing is released that the venue may still fill.
   *
   * Costs 6 write units and 5 of indexes, 1 and 4 to 6 where no money moves, as much as a fill where it executes; 2 read units and
   * those of the log.
   *
   * @throws OrderNotFoundError; OrderNotAmendableError with the status, and of an open order the reason: it is past its expiry, asked to
   *   end, set aside, a market order, or the role may not; ValidationError, also at a field that the order does not have;
   *   InvalidAmountError naming the field, QuantityBelowFilledError, AmendLimitReachedError after 50, VersionConflictError;
   *   OrderWouldTriggerError, LimitOnWrongSideError, ExitsOnWrongSideError, TrailTooWideError, ExpiryOutOfRangeError, QuantityTooSmallError,
   *   NotionalTooSmallError; InsufficientFundsError with both figures, BalanceFrozenError: the order is as it was.
   *   ContentionError when other writes keep coming first, ThrottledError, DatabaseUnavailableError; OutcomeUnknownError: repeat it.
   */
  amendOrder(request: AmendOrder): Promise<OrderResult>;
  /**
   * Cancels the open orders of an owner on one asset, a page of all that they have on it at a time: repeat it with the `nextCursor`.
   * Found by an index, which follows within moments. An order that is over, or cannot be cancelled, stops nothing: repeat the call as
   * often as wanted. Costs half a read unit per 4 KB, and what `cancelOrder` costs for each.
   *
   * @throws InvalidCursorError, ValidationError.
   */
  cancelOrders(request: CancelOrders): Promise<CancelledOrders>;
  /**
   * What happened to an order, the oldest first: its placing, holds and releases, amendments, fills, end and refund, each with who caused
   * it where that is known. Composed of the order and the journal entries that it names; nothing of it is stored twice. Costs 1 read
   * unit, and 1 for each entry.
   *
   * @throws OrderNotFoundError, also for another user's order than the one asked for; ValidationError.
   */
  getOrderEvents(orderId: string, of?: OrderEventsOf): Promise<OrderEvents>;
}
