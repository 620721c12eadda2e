import { eventually } from '@cnop/testing';
import { startMain } from '../support/start-main.ts';
import { useTestExchange } from '../support/test-exchange.ts';

const { env, market } = useTestExchange();
const listening = /Server listening at (http:[^"]+)"/;

describe('the command of the order worker', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('fills what a price makes due, and ends with 0 on %s', async (signal) => {
    const main = startMain({ ...env, PORT: '0' });
    const [, url] = await main.printed(listening);
    const assetId = await market.list();
    const orderId = await market.place(assetId);

    await market.tick(assetId, '19.00');
    await market.isOver(orderId);
    const ready = await eventually('it is ready', async () => {
      const answer = await fetch(`${url}/health/ready`);
      return answer.ok && ((await answer.json()) as object);
    });
    const metrics = await (await fetch(`${url}/metrics`)).text();
    main.kill(signal);
    main.kill(signal);

    expect(await market.statusOf(orderId)).toBe('COMPLETED');
    expect(ready).toMatchObject({ checks: { worker: { status: 'pass' }, clock: { status: 'pass' } } });
    expect(metrics).toMatch(/^cnop_orders_executed_total\{outcome="COMPLETED"\} 1$/m);
    expect(await main.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('shares the work with others, without any configuration: each order is filled once', async () => {
    const mains = [1, 2, 3].map(() => startMain({ ...env, PORT: '0' }));
    await Promise.all(mains.map((main) => main.printed(listening)));
    const assetId = await market.list();
    const placed = [await market.place(assetId), await market.place(assetId)];

    await market.tick(assetId, '19.00');
    await Promise.all(placed.map(market.isOver));
    for (const main of mains) main.kill('SIGTERM');
    const ends = await Promise.all(mains.map(({ ended }) => ended));

    for (const orderId of placed)
      expect(await market.orders.getOrder(orderId)).toMatchObject({ status: 'COMPLETED', version: 2 });
    expect(ends.map(({ code }) => code)).toEqual([0, 0, 0]);
  });

  it('goes on where one was killed', async () => {
    const killed = startMain({ ...env, PORT: '0' });
    await killed.printed(listening);
    const assetId = await market.list();
    const [first, second] = [await market.place(assetId), await market.place(assetId, { limitPrice: '18.00' })];
    await market.tick(assetId, '19.00');
    await market.isOver(first);

    killed.kill('SIGKILL');
    await market.tick(assetId, '17.00');
    const next = startMain({ ...env, PORT: '0' });
    await market.isOver(second);
    next.kill('SIGTERM');

    expect(await market.orders.getOrder(second)).toMatchObject({
      status: 'COMPLETED',
      fills: [{ priceMinor: 1_700n }],
    });
    expect(await next.ended).toMatchObject({ code: 0 });
  });

  it('names all variables that are missing or wrong in one line', async () => {
    const wrong = { CNOP_TABLE_ORDERS: undefined, CNOP_EXPIRY_SHARDS: '65', PORT: 'x' };

    const { code, stdout, stderr } = await startMain({ ...env, ...wrong }).ended;

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    for (const part of ['CNOP_TABLE_ORDERS is required', 'CNOP_EXPIRY_SHARDS must be', 'PORT must be a port number'])
      expect(stderr).toContain(part);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
