import { onSchedule, onTicks } from '@cnop/order-worker/lambda';
import { useTestExchange } from '../support/test-exchange.ts';

const { env, market } = useTestExchange();

describe('the functions of AWS Lambda', () => {
  const before = { ...process.env };

  beforeAll(() => {
    Object.assign(process.env, env);
  });
  afterAll(() => {
    process.env = before;
  });

  it('work what a price has made due, by their environment alone', async () => {
    const assetId = await market.list();
    const orderId = await market.place(assetId);
    await market.tick(assetId, '19.00');

    const nothing = await onTicks({ Records: [] });
    await onSchedule();

    expect(nothing).toEqual({ batchItemFailures: [] });
    expect(await market.statusOf(orderId)).toBe('COMPLETED');
  });
});
