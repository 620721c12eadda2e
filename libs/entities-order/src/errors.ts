import { defineErrors } from '@cnop/exceptions';

/** What an amendment that is refused whole says. */
interface NotAmendable extends Readonly<Record<'orderId' | 'status', string>> {
  /** Why, of an order that is open. */
  readonly reason?: 'PAST_EXPIRY' | 'END_REQUESTED' | 'SET_ASIDE' | 'MARKET_ORDER' | 'LOWERS_VENUE_HOLD' | undefined;
}

/** The errors of orders. */
export const orderErrors = defineErrors({
  /** No order of that owner has that id. */
  OrderNotFoundError: {
    code: 'ORDER_NOT_FOUND',
    status: 404,
    title: 'There is no such order.',
    advice: 'Check the id and the user it belongs to.',
    message: ({ orderId }: { readonly orderId: string }) => `there is no order ${orderId}`,
  },
  /** The order has reached a final status. */
  OrderNotCancellableError: {
    code: 'ORDER_NOT_CANCELLABLE',
    status: 409,
    title: 'The order cannot be cancelled.',
    advice: 'It has reached a final status.',
    message: ({ orderId, status }: Readonly<Record<'orderId' | 'status', string>>) =>
      `the order ${orderId} is ${status}`,
  },
  /** The order is not completed. */
  OrderNotRefundableError: {
    code: 'ORDER_NOT_REFUNDABLE',
    status: 409,
    title: 'The order cannot be refunded.',
    advice:
      'An order can be refunded once it is over, if it has fills; the entry of a bracket once its exits are over.',
    message: ({ orderId, status }: Readonly<Record<'orderId' | 'status', string>>) =>
      `the order ${orderId} is ${status}`,
  },
  /** The table of order statuses does not have that transition. */
  IllegalOrderTransitionError: {
    code: 'ORDER_TRANSITION_ILLEGAL',
    status: 409,
    title: 'The order cannot change from its status to that one.',
    advice: 'See the table of order statuses.',
    message: ({ from, to }: { readonly orderId?: string; readonly from: string; readonly to: string }) =>
      `an order cannot change from ${from} to ${to}`,
  },
  /** The reference price meets the trigger already. */
  OrderWouldTriggerError: {
    code: 'ORDER_WOULD_TRIGGER',
    status: 422,
    title: 'The order would trigger at once.',
    advice: 'Choose another price, or place a market order.',
    message: ({ price, trigger }: Readonly<Record<'price' | 'trigger', string>>) =>
      `at the price of ${price} the order would trigger at ${trigger}`,
  },
  /** An order that works at once only cannot be executed at once. */
  OrderNotMarketableError: {
    code: 'ORDER_NOT_MARKETABLE',
    status: 422,
    title: 'The order cannot be executed at once.',
    advice: 'Nothing was placed. Choose another limit price, or a time in force that rests.',
    message: ({ price, limit }: Readonly<Record<'price' | 'limit', string>>) =>
      `the price of ${price} does not meet the limit of ${limit}`,
  },
  /** The limit of a stop-limit lies on the wrong side of its stop. */
  LimitOnWrongSideError: {
    code: 'LIMIT_ON_WRONG_SIDE',
    status: 422,
    title: 'The limit price is on the wrong side of the stop price.',
    advice: 'A buy needs its limit at or above the stop, a sell at or below it.',
    message: ({ limit, stop }: Readonly<Record<'limit' | 'stop', string>>) =>
      `the limit of ${limit} is on the wrong side of the stop of ${stop}`,
  },
  /** The exits of a bracket lie on the wrong side of its entry. */
  ExitsOnWrongSideError: {
    code: 'EXITS_ON_WRONG_SIDE',
    status: 422,
    title: 'The exits are on the wrong side of the entry.',
    advice: 'The take-profit price must be above all that the entry can pay, the stop below its limit and its trigger.',
    message: ({ field, price, bound }: Readonly<Record<'field' | 'price' | 'bound', string>>) =>
      `${field} of ${price} is on the wrong side of ${bound}`,
  },
  /** A trail is as wide as the price. */
  TrailTooWideError: {
    code: 'TRAIL_TOO_WIDE',
    status: 422,
    title: 'The trail is as wide as the price.',
    advice: 'Choose a narrower trail.',
    message: ({ trail, price }: Readonly<Record<'trail' | 'price', string>>) =>
      `a trail of ${trail} leaves no price to trigger at below ${price}`,
  },
  /** The time of expiry has passed, or is too far ahead. */
  ExpiryOutOfRangeError: {
    code: 'EXPIRY_OUT_OF_RANGE',
    status: 422,
    title: 'The time of expiry is out of range.',
    advice: 'Choose a time after `after` and at most `atMost`.',
    message: ({ expiresAt, after, atMost }: Readonly<Record<'expiresAt' | 'after' | 'atMost', string>>) =>
      `${expiresAt} is not after ${after} and at most ${atMost}`,
  },
  /** The order has a final status, or ends, or its owner may not change it this way. */
  OrderNotAmendableError: {
    code: 'ORDER_NOT_AMENDABLE',
    status: 409,
    title: 'The order cannot be amended.',
    advice:
      'It is over, it ends, or its execution does not allow the change; `reason` says which of an open order. Cancel it and place another one.',
    message: ({ orderId, status, reason }: NotAmendable) =>
      `the order ${orderId} is ${status} and cannot be amended${reason === undefined ? '' : `: ${reason}`}`,
  },
  /** An amendment gives a quantity that is filled already. */
  QuantityBelowFilledError: {
    code: 'QUANTITY_BELOW_FILLED',
    status: 409,
    title: 'The quantity is not above what is filled.',
    advice: 'The quantity is the whole, filled parts included. Cancel the order to keep what is filled.',
    message: ({ quantity, filled }: Readonly<Record<'quantity' | 'filled', string>>) =>
      `a quantity of ${quantity} is not above the ${filled} that are filled`,
  },
  /** A fill or an end is reported of an order that is over. */
  OrderNotOpenError: {
    code: 'ORDER_NOT_OPEN',
    status: 409,
    title: 'The order is over.',
    advice: 'A fill is a fact: have a person look at it.',
    message: ({ orderId, status }: Readonly<Record<'orderId' | 'status', string>>) =>
      `the order ${orderId} is ${status}`,
  },
  /** A fill is reported of more than remains. */
  FillExceedsOrderError: {
    code: 'FILL_EXCEEDS_ORDER',
    status: 409,
    title: 'The fill is larger than what remains of the order.',
    advice: 'A fill is a fact: have a person look at it.',
    message: ({ quantity, remaining }: Readonly<Record<'quantity' | 'remaining', string>>) =>
      `a fill of ${quantity} exceeds the ${remaining} that remain`,
  },
  /** The last fill that an order may take does not complete it. */
  TooManyFillsError: {
    code: 'TOO_MANY_FILLS',
    status: 409,
    title: 'The order cannot take that many fills.',
    advice: 'Join small fills: the last one allowed must complete the order.',
    message: ({ maxFills }: { readonly maxFills: number }) => `the order takes at most ${maxFills} fills`,
  },
  /** The order was amended as often as an order may be. */
  AmendLimitReachedError: {
    code: 'AMEND_LIMIT_REACHED',
    status: 409,
    title: 'The order was amended as often as an order may be.',
    advice: 'Cancel it and place another one.',
    message: ({ maximum }: { readonly maximum: number }) => `an order is amended at most ${maximum} times`,
  },
  /** A user has as many streams of order events open as a user may. */
  TooManyStreamsError: {
    code: 'TOO_MANY_STREAMS',
    status: 429,
    title: 'Too many streams of order events are open.',
    advice: 'Close one of them: one stream tells of all orders of the user.',
    message: ({ maximum }: { readonly maximum: number }) => `a user may have ${maximum} streams open`,
  },
  /** No process of this deployment tells of changes of orders as they happen. */
  OrderEventsUnavailableError: {
    code: 'ORDER_EVENTS_UNAVAILABLE',
    status: 501,
    title: 'Order events are not available here.',
    advice: 'Read the orders again instead, or run one process with `CNOP_ORDER_EVENTS=process`.',
    message: () => 'this deployment has no stream of order events',
  },
  /** The fee schedule failed. */
  FeeUnavailableError: {
    code: 'FEE_UNAVAILABLE',
    status: 503,
    retryable: true,
    title: 'The fee of the order cannot be told.',
    advice: 'Nothing was traded. Try again; if it persists, the fee schedule is failing.',
    message: ({ assetId }: { readonly assetId: string }) => `there is no fee for the order of ${assetId}`,
  },
  /** What a fee schedule gave is no fee. */
  InvalidFeeError: {
    code: 'FEE_INVALID',
    status: 503,
    retryable: true,
    title: 'The fee schedule gave no valid fee.',
    advice: 'Nothing was traded. `rule` says what a fee must be: mend the fee schedule.',
    message: ({ assetId, rule }: Readonly<Record<'assetId' | 'rule', string>>) =>
      `the fee for the order of ${assetId} is not valid: it ${rule}`,
  },
});
