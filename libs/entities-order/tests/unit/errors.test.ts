import { orderErrors } from '@cnop/entities-order';

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
