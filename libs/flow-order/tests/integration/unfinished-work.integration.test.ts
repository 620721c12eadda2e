import { createOrderEngine } from '@cnop/flow-order/engine';
import type { OrderCreate } from '@cnop/entities-order';
import { createFaultInjector, throttle } from '@cnop/testing';
import { useTestExchange } from '../support/test-exchange.ts';

const exchange = useTestExchange();
const { clock, flow, orders } = exchange;

/** A connection whose writes are throttled at first; then each waits until as many are under way at once. */
function meetingWrites(atOnce: number) {
  const inner = createFaultInjector({ keepCalls: 0 });
  let [isThrottling, waiting] = [true, 0];
  let meet: () => void = () => undefined;
  const met = new Promise<void>((resolve) => (meet = resolve));

  const requestHandler = createFaultInjector({
    plan:
      () =>
      ({ target }) =>
        isThrottling && target === 'TransactWriteItems' ? throttle() : undefined,
    inner: {
      ...inner,
      handle: async (request, options) => {
        if (!isThrottling && String(request.headers['x-amz-target']).endsWith('TransactWriteItems')) {
          waiting += 1;
          if (waiting === atOnce) meet();
          await met;
        }
        return await inner.handle(request, options);
      },
    },
  });
  return { requestHandler, stopThrottling: () => (isThrottling = false) };
}

describe('what a throttled store has left unfinished', () => {
  it('is taken up again side by side for several owners', async () => {
    const assetId = await exchange.list();
    await exchange.tick(assetId, '57.200');
    const orderIds: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      const owner = await exchange.trader({ EUR: '500.00' });
      const order = { orderType: 'LIMIT_BUY', assetId, quantity: '2', limitPrice: '56' } as OrderCreate;
      orderIds.push((await flow.placeOrder({ owner, order })).order.orderId);
    }
    clock.advance(1_000);
    await exchange.tick(assetId, '55');
    const { requestHandler, stopThrottling } = meetingWrites(3);
    const { database } = exchange.connect({ database: { requestHandler, retry: { maxAttempts: 2 } } });
    const engine = createOrderEngine({ database, ownersAtOnce: 3 });

    await engine.workTicks(assetId);
    const throttled = await orders.getOrdersByIds(orderIds);
    stopThrottling();
    await engine.workTicks(assetId);

    expect(throttled.map(({ status }) => status)).toEqual(['QUEUED', 'QUEUED', 'QUEUED']);
    const filled = await orders.getOrdersByIds(orderIds);
    expect(filled.map(({ fills }) => fills[0]?.priceMinor)).toEqual([55_000n, 55_000n, 55_000n]);
  });
});
