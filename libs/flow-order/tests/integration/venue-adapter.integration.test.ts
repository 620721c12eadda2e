import { flatFee, type Order } from '@cnop/entities-order';
import { loseResponse, seededRandom } from '@cnop/testing';
import { createSimulatedVenue } from '../../examples/simulated-venue.ts';
import { createVenueAdapter, type VenueReport } from '../../examples/venue-adapter.ts';
import type { PlaceOrder } from '../../src/index.ts';
import { useTestExchange } from '../support/test-exchange.ts';

const exchange = useTestExchange({ feeSchedule: flatFee(25) });
const { flow, orders } = exchange;

const terms = [
  { orderType: 'MARKET_BUY', quantity: '1.5' },
  { orderType: 'MARKET_SELL', quantity: '0.75', minPrice: '40' },
  { orderType: 'LIMIT_BUY', quantity: '2', limitPrice: '49.999' },
  { orderType: 'LIMIT_SELL', quantity: '1', limitPrice: '51.003' },
  { orderType: 'STOP_LOSS_SELL', quantity: '0.5', stopPrice: '45' },
  { orderType: 'OCO_SELL', quantity: '1.25', limitPrice: '60', stopPrice: '40' },
  { orderType: 'LIMIT_BUY', quantity: '2', limitPrice: '48', exits: { takeProfitPrice: '70', stopPrice: '40' } },
];

describe('the adapter of a venue', () => {
  it.each([1, 2, 3])(
    'books every fill once, and leaves nothing held, whatever the venue does when (seed %d)',
    async (seed) => {
      const random = seededRandom(seed);
      const assetId = await exchange.list({ execution: 'VENUE' });
      await exchange.tick(assetId, '50.000');
      const owners = [];
      for (let n = 0; n < 3; n += 1) owners.push(await exchange.trader({ EUR: '5000.00', [assetId]: '50' }));
      const escalated: VenueReport[] = [];
      const venue = createSimulatedVenue({
        random,
        quantityScale: 6,
        priceScale: 3,
        marketMinor: 50_000n,
        lotMinor: 1_000n,
      });
      const process = exchange.connect();
      // Each tenth write loses its response.
      process.http.use(
        () =>
          ({ target, random: chance }) =>
            target === 'TransactWriteItems' && chance() < 0.1 ? loseResponse() : undefined,
      );
      const adapter = createVenueAdapter({
        ...{ flow: process.flow, orders: process.orders, venue, assetIds: [assetId] },
        escalate: (report) => escalated.push(report),
      });
      const placed: Order[] = [];

      for (let round = 0; round < 40; round += 1) {
        if (round < 14) {
          const owner = owners[round % owners.length] ?? '';
          const order = { assetId, ...terms[round % terms.length] } as PlaceOrder['order'];
          placed.push((await flow.placeOrder({ owner, order })).order);
        }
        const chosen = placed[Math.floor(random() * placed.length)];
        if (chosen && random() < 0.2) await flow.cancelOrder({ orderId: chosen.orderId }).catch(ignoreOver);
        await adapter();
        venue.trade();
        venue.endCancelled();
      }
      await flow.closeOrders({ assetId });
      for (let round = 0; round < 40; round += 1) {
        await adapter();
        venue.endCancelled();
        // The exits that a last fill has placed.
        await flow.closeOrders({ assetId });
      }

      expect(escalated).toEqual([]);
      const booked = await fillsOf(owners);
      expect(booked.toSorted()).toEqual(venue.fills.map(({ fillId, quantity }) => `${fillId} ${quantity}`).toSorted());
      expect(booked.length).toBeGreaterThan(10);
      for (const owner of owners) {
        const balances = await exchange.balances.listBalances(owner);
        expect(balances.map(({ heldMinor, openOrders }) => [heldMinor, openOrders])).toEqual([
          [0n, 0],
          [0n, 0],
        ]);
      }
    },
  );
});

const ignoreOver = (error: unknown) => {
  expect(error).toMatchObject({ code: 'ORDER_NOT_CANCELLABLE' });
};

async function fillsOf(owners: readonly string[]): Promise<string[]> {
  const found: string[] = [];

  for (const owner of owners) {
    const { items } = await orders.getOrdersByUser({ owner, limit: 100 });
    for (const { fills } of items)
      found.push(...fills.map(({ venueFillId, quantityMinor }) => `${venueFillId} ${decimal(quantityMinor)}`));
  }
  return found;
}

const decimal = (minor: bigint) => `${minor / 1_000_000n}.${(minor % 1_000_000n).toString().padStart(6, '0')}`;
