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
  ])('say what varies: %#', (error, message) => {
    expect(error.message).toBe(message);
  });
});
