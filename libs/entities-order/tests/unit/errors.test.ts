import { orderErrors } from '@cnop/entities-order';
import { decodeOrdersItem, toOrderItem } from '@cnop/entities-order/table';
import { makeOrder } from '@cnop/entities-order/testing';

const orderId = '9b2f6c1e-8d5a-4f0b-a3c7-2e1d4b6f8a90';

describe('the errors of orders', () => {
  it.each([
    [new orderErrors.OrderNotFoundError({ orderId }), `there is no order ${orderId}`],
    [new orderErrors.OrderNotCancellableError({ orderId, status: 'FAILED' }), `the order ${orderId} is FAILED`],
    [new orderErrors.OrderNotRefundableError({ orderId, status: 'PENDING' }), `the order ${orderId} is PENDING`],
    [
      new orderErrors.IllegalOrderTransitionError({ from: 'FAILED', to: 'QUEUED' }),
      'an order cannot change from FAILED to QUEUED',
    ],
    [
      new orderErrors.OrderTypeNotSupportedError({ orderType: 'LIMIT_BUY', supported: ['MARKET_BUY', 'MARKET_SELL'] }),
      'orders of type LIMIT_BUY cannot be placed here, only MARKET_BUY and MARKET_SELL',
    ],
  ])('say what varies: %#', (error, message) => {
    expect(error.message).toBe(message);
  });
});

describe(decodeOrdersItem, () => {
  it('reads an order, and leaves an item of a kind that it does not know', () => {
    const order = makeOrder();

    expect(decodeOrdersItem(toOrderItem(order, { requestHash: 'h', writeId: 'w' }))).toEqual({ kind: 'order', order });
    expect(decodeOrdersItem({ pk: 'ORDER#1', sk: 'LATER' })).toEqual({ kind: 'unknown' });
  });
});
