import { executeWrite } from '@cnop/database-core';
import { makeOrder } from '@cnop/entities-order/testing';
import { refusalOf } from '@cnop/testing';
import { useOrderDesks } from '../support/order-desk.ts';
import { useTestExchange } from '../support/test-exchange.ts';

const exchange = useTestExchange();
const { clock, database, flow, orders } = exchange;
const { at, open } = useOrderDesks(exchange);
const atVenue = { terms: { execution: 'VENUE', maxFills: 4 } } as const;

/** A venue agrees. */
const asVenue = (orderId: string, amendment: Parameters<typeof flow.amendOrder>[0]['amendment']) =>
  flow.amendOrder({ orderId, actor: 'venue-1', role: 'venue', amendment });

describe('an order that a venue executes', () => {
  it('is amended at once where its hold rises, and its place in the list of what to route is that of then', async () => {
    const { place, amend, assetId, holdings } = await open('57.200', atVenue);
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '50' });
    const before = await orders.getOrder(orderId);
    clock.set(at(5));

    const { order } = await amend(orderId, { limitPrice: '51' });
    const { items } = await orders.getVenueOrders({ assetId, list: 'open' });

    expect(before.heldMinor).toBe(5_003n);
    expect(order).toMatchObject({ status: 'QUEUED', heldMinor: 5_103n, limitPriceMinor: 51_000n });
    expect((await holdings()).EUR.held).toBe('51.03');
    expect(items).toMatchObject([{ orderId, version: 2 }]);
  });

  it('rests even where it is marketable', async () => {
    const { place, amend } = await open('57.200', atVenue);
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '50' });

    await expect(amend(orderId, { limitPrice: '60' })).resolves.toMatchObject({ order: { status: 'QUEUED' } });
  });

  it.each([
    ['a lower limit of a buy', { orderType: 'LIMIT_BUY', limitPrice: '50' }, { limitPrice: '49' }],
    ['a smaller quantity of a sell', { orderType: 'LIMIT_SELL', limitPrice: '70' }, { quantity: '1' }],
  ])('releases nothing for its owner, who might be filled yet, but for the venue: %s', async (_, terms, amendment) => {
    const { place, amend, order } = await open('57.200', atVenue);
    const orderId = await place({ quantity: '2', ...terms });
    const before = await order(orderId);

    const refusal = await refusalOf(amend(orderId, amendment));
    const unchanged = await order(orderId);
    const agreed = await asVenue(orderId, amendment);

    expect(refusal).toMatchObject({
      code: 'ORDER_NOT_AMENDABLE',
      details: { orderId, status: 'QUEUED', reason: 'LOWERS_VENUE_HOLD' },
    });
    expect(unchanged).toStrictEqual(before);
    expect(agreed.order.heldMinor).toBeLessThan(before.heldMinor);
    expect(agreed.order.changes).toMatchObject([{ actor: 'venue-1' }]);
  });

  it('is amended by its owner where the hold stays as it is', async () => {
    const { place, amend } = await open('57.200', atVenue);
    const orderId = await place({ orderType: 'LIMIT_SELL', quantity: '2', limitPrice: '70' });

    const { order } = await amend(orderId, { limitPrice: '60', expiresAt: at(600) });

    expect(order).toMatchObject({ limitPriceMinor: 60_000n, expiresAt: at(600) });
    expect(order).not.toHaveProperty('adjustments');
  });

  it('has the watermark of the log, whatever would have been due before', async () => {
    const { place, amend, tick } = await open('60.000', atVenue);
    const orderId = await place({ orderType: 'TRAILING_STOP_BUY', quantity: '1', trailAmount: '4' });
    await tick(2, '50.000');
    await tick(3, '58.000');

    const { order } = await amend(orderId, { trailAmount: '30' });

    expect(order).toMatchObject({ watermarkMinor: 50_000n, maxPriceMinor: 84_000n, status: 'QUEUED' });
  });

  it('is amended no more once its end was asked for, or after its expiry', async () => {
    const { place, amend, owner, tick } = await open('57.200', atVenue);
    const ended = await place({ orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '50' });
    const past = await place({ orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '50', expiresAt: at(60) });
    await flow.cancelOrder({ orderId: ended, owner });
    await tick(60, '57.000');

    const [ends, isPast] = [
      await refusalOf(amend(ended, { quantity: '2' })),
      await refusalOf(asVenue(past, { quantity: '2' })),
    ];

    expect(ends).toMatchObject({ code: 'ORDER_NOT_AMENDABLE', details: { reason: 'END_REQUESTED' } });
    expect(isPast).toMatchObject({ code: 'ORDER_NOT_AMENDABLE', details: { reason: 'PAST_EXPIRY' } });
  });

  it('is not amended where it is a market order', async () => {
    const { assetId } = await open('57.200', atVenue);
    // Of nobody whose ledger is checked.
    const order = makeOrder({ status: 'QUEUED', assetId, execution: 'VENUE', owner: 'nobody', maxPriceMinor: 60_000n });
    const stamp = { requestHash: 'h'.repeat(43), writeId: database.ids.ulid(), clientNamed: false };
    await executeWrite(database, { operation: 'test', guard: orders.placeOrderGuard(order, stamp) });

    const refusal = await refusalOf(asVenue(order.orderId, { maxPrice: '61' }));

    expect(refusal).toMatchObject({ code: 'ORDER_NOT_AMENDABLE', details: { reason: 'MARKET_ORDER' } });
  });
});

describe('an order of the platform', () => {
  it('is not for a venue to amend', async () => {
    const { place } = await open('57.200');
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '50' });

    const refusal = await refusalOf(asVenue(orderId, { limitPrice: '49' }));

    expect(refusal).toMatchObject({ code: 'VALIDATION_FAILED', details: { issues: [{ rule: 'at_a_venue' }] } });
  });

  it('that was set aside is resumed or cancelled first', async () => {
    const { place, amend } = await open('57.200');
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '50' });
    const from = await orders.getOrder(orderId);
    const to = { ...from, version: 2, setAsideAt: at(1), setAsideCode: 'DATABASE_ERROR' };
    const writeId = database.ids.ulid();
    await executeWrite(database, { operation: 'test', guard: orders.openOrderGuard({ from, to, writeId }) });

    const refusal = await refusalOf(amend(orderId, { limitPrice: '51' }));

    expect(refusal).toMatchObject({
      code: 'ORDER_NOT_AMENDABLE',
      details: { orderId, status: 'QUEUED', reason: 'SET_ASIDE' },
    });
  });

  it('that never waited is not amended', async () => {
    const { assetId } = await open('57.200');
    const order = makeOrder({ status: 'PENDING', assetId, owner: 'nobody', orderId: database.ids.uuid() });
    const stamp = { requestHash: 'h'.repeat(43), writeId: database.ids.ulid(), clientNamed: false };
    await executeWrite(database, { operation: 'test', guard: orders.placeOrderGuard(order, stamp) });

    const refusal = await refusalOf(flow.amendOrder({ orderId: order.orderId, amendment: { quantity: '2' } }));

    expect(refusal).toMatchObject({ code: 'ORDER_NOT_AMENDABLE', details: { status: 'PENDING' } });
    expect(refusal.details).not.toHaveProperty('reason');
  });
});
