import type { OrderResponse } from '@cnop/entities-order';
import { getOrderDao } from '@cnop/dao-order';
import { checkLedger } from '@cnop/ledger-audit';
import { register } from '../support/people.ts';
import { useStack } from '../support/stack-process.ts';

const { database, stack } = useStack();

describe('SIGTERM', () => {
  it('lets what is in flight end with its answer, takes nothing new, and ends with 0', async () => {
    const { client, url, stop } = stack();
    const { accessToken: token, username } = await register(stack(), '10000.00');
    const body = { orderType: 'MARKET_BUY', assetId: 'MSFT', quantity: '1' };
    let isStopping = false;
    const place = async (n: number) => {
      const answer = await client.send<OrderResponse>('POST /v1/orders', {
        token,
        body: { ...body, clientOrderId: `n-${n}` },
      });
      return { ...answer, isLate: isStopping };
    };

    const orders = Array.from({ length: 40 }, (_, n) => place(n));
    await Promise.race(orders);
    isStopping = true;
    const ended = stop();
    const settled = await Promise.allSettled(orders);

    // A request that the service had not read yet when it closed is cut, and was never begun.
    const answers = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    const { items } = await getOrderDao(database).getOrdersByUser({ owner: username, limit: 100 });
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(answers.filter(({ isLate }) => isLate).length).toBeGreaterThan(0);
    expect(items.map(({ orderId }) => orderId).sort()).toEqual(answers.map((answer) => answer.body.orderId).sort());
    expect(await ended).toEqual({ code: 0, stderr: '' });
    await expect(fetch(`${url}/health`)).rejects.toThrow();
    expect(await checkLedger(database)).toMatchObject({ brokenCount: 0 });
  });
});
