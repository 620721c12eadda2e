import { defineErrors } from '@cnop/exceptions';

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
    advice: 'Only a completed order can be refunded.',
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
  /** The order type cannot be placed here. */
  OrderTypeNotSupportedError: {
    code: 'ORDER_TYPE_NOT_SUPPORTED',
    status: 422,
    title: 'The order type cannot be placed here.',
    advice: 'Use one of the order types in `supported`.',
    message: ({ orderType, supported }: { readonly orderType: string; readonly supported: readonly string[] }) =>
      `orders of type ${orderType} cannot be placed here, only ${supported.join(' and ')}`,
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
