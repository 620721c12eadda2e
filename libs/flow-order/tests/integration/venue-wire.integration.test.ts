import { meterRequests } from '@cnop/database-core';
import type { PlaceOrder } from '../../src/index.ts';
import { useTestExchange } from '../support/test-exchange.ts';

const exchange = useTestExchange();
const { database, flow } = exchange;
let assetId: string;
let owner: string;

/** The requests of a call, each with the items that it writes. */
async function requestsOf(call: () => Promise<unknown>): Promise<string[]> {
  const meter = meterRequests(database);
  await call();
  meter.stop();

  return meter.requests.map(({ target, items }) => (target.includes('Write') ? `${target} ${items}` : target));
}

const limit = { orderType: 'LIMIT_BUY', limitPrice: '49' };
const place = async (terms: object) => {
  const order = { assetId, quantity: '4', ...terms } as PlaceOrder['order'];
  return (await flow.placeOrder({ owner, order })).order.orderId;
};
const fill = (orderId: string, venueFillId: string) =>
  flow.executeOrder({ orderId, venueFillId, quantity: '1', price: '49' });

beforeAll(async () => {
  assetId = await exchange.list({ execution: 'VENUE' });
  await exchange.tick(assetId, '50');
  owner = await exchange.trader({ EUR: '10000.00' });
});

describe('an order at a venue on the wire', () => {
  it('is placed with one read of the asset and one write of three items, a market order too', async () => {
    await flow.previewOrder({ owner, order: { orderType: 'MARKET_BUY', assetId, quantity: '1' } });

    for (const terms of [limit, { orderType: 'MARKET_BUY' }])
      await expect(requestsOf(() => place(terms))).resolves.toEqual(['GetItem', 'TransactWriteItems 3']);
  });

  it('is filled with one read and one write of four items; a replay reads', async () => {
    const orderId = await place(limit);

    await expect(requestsOf(() => fill(orderId, 'f-1'))).resolves.toEqual(['GetItem', 'TransactWriteItems 4']);
    await expect(requestsOf(() => fill(orderId, 'f-1'))).resolves.toEqual(['GetItem']);
  });

  it('places its exits with six items and a read of the asset, and raises them with a read of the last', async () => {
    const orderId = await place({ ...limit, exits: { takeProfitPrice: '70', stopPrice: '40' } });
    const six = ['GetItem', 'GetItem', 'TransactWriteItems 6'];

    await expect(requestsOf(() => fill(orderId, 'f-1'))).resolves.toEqual(six);
    await expect(requestsOf(() => fill(orderId, 'f-2'))).resolves.toEqual(six);
  });

  it('is asked to end with one item, and ended with three', async () => {
    const orderId = await place(limit);

    await expect(requestsOf(() => flow.cancelOrder({ orderId }))).resolves.toEqual([
      'GetItem',
      'GetItem',
      'UpdateItem',
    ]);
    await expect(requestsOf(() => flow.confirmEnd({ orderId }))).resolves.toEqual(['GetItem', 'TransactWriteItems 3']);
  });
});
