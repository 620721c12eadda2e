import type { OrderResponse } from '@cnop/entities-order';
import { getOrderDao } from '@cnop/dao-order';
import { checkLedger } from '@cnop/ledger-audit';
import { register, useStack } from '../support/use-stack.ts';

const { database, stack } = useStack();

describe('SIGTERM', () => {
  it('lets requests in flight end with their response, accepts no new ones, and ends with 0', async () => {
    const { client, url, stop } = stack();
    const { accessToken: token, username } = await register(stack(), '10000.00');
    const body = { orderType: 'MARKET_BUY', assetId: 'MSFT', quantity: '1' };
    let isStopping = false;
    const place = async (n: number) => {
      const reply = await client.send<OrderResponse>('POST /v1/orders', {
        token,
        body: { ...body, clientOrderId: `n-${n}` },
      });
      return { ...reply, isLate: isStopping };
    };

    const orders = Array.from({ length: 40 }, (_, n) => place(n));
    await Promise.race(orders);
    isStopping = true;
    const ended = stop();
    const settled = await Promise.allSettled(orders);

    // A request that the service had not read when it closed is cut off, and was never begun.
    const replies = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    const { items } = await getOrderDao(database).getOrdersByUser({ owner: username, limit: 100 });
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 201));
    expect(replies.filter(({ isLate }) => isLate).length).toBeGreaterThan(0);
    expect(items.map(({ orderId }) => orderId).sort()).toEqual(replies.map(({ body: order }) => order.orderId).sort());
    expect(await ended).toEqual({ code: 0, stderr: '' });
    await expect(fetch(`${url}/health`)).rejects.toThrow();
    expect(await checkLedger(database)).toMatchObject({ brokenCount: 0 });
  });
});
