import type { OrderPreviewResponse, OrderResponse } from '@cnop/entities-order';
import { OrderType } from '@cnop/entities-order';
import { checkLedger } from '@cnop/ledger-audit';
import { register, tokenOf, useStack } from '../support/use-stack.ts';

const { database, stack } = useStack();

interface Example {
  readonly orderType: OrderType;
  readonly assetId: string;
}

const examples = () => {
  const placeOrder = stack().contract.operations.find(({ operationId }) => operationId === 'placeOrder');

  const { examples: named = {} } = placeOrder!.requestBody!.content['application/json']!;
  return Object.values(named).map(({ value }) => value as Example);
};

describe('the examples of orders in the OpenAPI document', () => {
  it('are one of each type, which are previewed and placed as they are', async () => {
    const { client } = stack();
    const { accessToken: token } = await register(stack(), '100000.00');
    const feed = await tokenOf(stack(), 'price-feed');
    const price = { price: '100.00', asOf: new Date().toISOString(), source: 'test' };
    expect((await client.send('PUT /v1/assets/MSFT/price', { token: feed, body: price })).status).toBe(200);
    const stock = { orderType: 'MARKET_BUY', assetId: 'MSFT', quantity: '50' };
    expect((await client.send('POST /v1/orders', { token, body: stock })).status).toBe(201);

    for (const body of examples()) {
      const preview = await client.send<OrderPreviewResponse>('POST /v1/orders/preview', { token, body });
      const { status, body: order } = await client.send<OrderResponse>('POST /v1/orders', { token, body });

      const isMarket = body.orderType.startsWith('MARKET_');
      expect([body, preview.body]).toMatchObject([
        body,
        { covered: true, wouldExecute: isMarket, wouldTrigger: false },
      ]);
      expect([body, status, order.status]).toEqual([body, 201, isMarket ? 'COMPLETED' : 'QUEUED']);
      if (!isMarket) expect(order.held).toBe(preview.body.hold);
    }
    expect(examples().map(({ orderType }) => orderType)).toEqual(Object.values(OrderType));
    expect(await checkLedger(database)).toMatchObject({ brokenCount: 0 });
  });
});
