import { startOrderWorker } from '@cnop/order-worker';
import { eventually, refusalOf } from '@cnop/testing';
import { useTestExchange } from '../support/test-exchange.ts';

const { env, market } = useTestExchange();
const quiet = { ...env, PORT: '0', HOST: '127.0.0.1', CNOP_LOG_LEVEL: 'silent' };

describe(startOrderWorker, () => {
  it('works what a price makes due, tells of its health and its work, and stops', async () => {
    const worker = await startOrderWorker(quiet);
    const assetId = await market.list();
    const orderId = await market.place(assetId);

    await market.tick(assetId, '19.00');
    await market.isOver(orderId);
    const ready = await eventually('it is ready', async () => (await fetch(`${worker.url}/health/ready`)).ok);
    const metrics = await (await fetch(`${worker.url}/metrics`)).text();
    await worker.stop();

    expect(ready).toBe(true);
    expect(metrics).toMatch(/^cnop_orders_executed_total\{outcome="COMPLETED"\} 1$/m);
    await expect(fetch(`${worker.url}/health`)).rejects.toThrow();
  });

  it('names every variable that is missing', async () => {
    const refusal = await refusalOf(startOrderWorker({}));

    expect(refusal).toMatchObject({ code: 'CONFIGURATION_INVALID' });
  });
});
