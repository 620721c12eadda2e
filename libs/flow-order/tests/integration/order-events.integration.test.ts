import { exitIdFor, flatFee, orderEventsResponseSchema, toOrderEventsResponse } from '@cnop/entities-order';
import { refusalOf } from '@cnop/testing';
import { useOrderDesks } from '../support/order-desk.ts';
import { useTestExchange } from '../support/test-exchange.ts';

const exchange = useTestExchange({ feeSchedule: flatFee(50) });
const { clock, flow } = exchange;
const { at, open } = useOrderDesks(exchange);

const eventsOf = async (orderId: string, owner?: string) => {
  const response = toOrderEventsResponse(await flow.getOrderEvents(orderId, { owner }));
  return orderEventsResponseSchema.parse(response).events;
};

describe('the events of an order', () => {
  it('tell its life in time order, each with who caused it', async () => {
    const { place, owner, tick } = await open('57.200');
    const orderId = await place({ orderType: 'STOP_LOSS_BUY', quantity: '1', stopPrice: '60', limitPrice: '61' });
    clock.set(at(2));
    await flow.amendOrder({ orderId, owner, amendment: { quantity: '2' } });
    clock.set(at(3));
    await flow.amendOrder({ orderId, actor: 'admin', amendment: { quantity: '1', expiresAt: at(600) } });
    await tick(4, '62');
    clock.set(at(5));
    await flow.amendOrder({ orderId, owner, amendment: { limitPrice: '60' } });
    await tick(6, '59');
    clock.set(at(7));
    await refusalOf(flow.cancelOrder({ orderId, owner }));
    clock.set(at(8));
    await flow.refundOrder({ orderId, actor: 'admin' });

    const events = await eventsOf(orderId, owner);

    expect(events).toMatchObject([
      { type: 'PLACED', at: at(1), actor: owner },
      { type: 'HELD', at: at(1), amount: '61.31' },
      {
        type: 'AMENDED',
        at: at(2),
        actor: owner,
        version: 2,
        changes: [{ field: 'quantity', from: '1.000000', to: '2.000000' }],
      },
      { type: 'HELD', at: at(2), amount: '61.30', actor: owner },
      {
        type: 'AMENDED',
        at: at(3),
        actor: 'admin',
        version: 3,
        changes: [
          { field: 'quantity', from: '2.000000', to: '1.000000' },
          { field: 'timeInForce', from: 'GTC', to: 'GTD' },
          { field: 'expiresAt', to: at(600) },
        ],
      },
      { type: 'RELEASED', at: at(3), actor: 'admin', amount: '61.30' },
      { type: 'TRIGGERED', at: at(5), actor: 'system', tickAsOf: at(4) },
      { type: 'AMENDED', at: at(5), version: 5, changes: [{ field: 'limitPrice', from: '61.000', to: '60.000' }] },
      { type: 'RELEASED', at: at(5), amount: '1.01' },
      {
        type: 'FILLED',
        at: at(7),
        price: '59.000',
        quantity: '1.000000',
        notional: '59.00',
        fee: '0.30',
        tickAsOf: at(6),
      },
      { type: 'ENDED', at: at(7), status: 'COMPLETED' },
      { type: 'REFUNDED', at: at(8), actor: 'admin' },
    ]);
  });

  it('tell of a cancellation, of an amount that gave way to a percentage, and of an exit', async () => {
    const { place, owner, amend } = await open('57.200');
    const trail = await place({ orderType: 'TRAILING_STOP_SELL', quantity: '5', trailAmount: '3' });
    await amend(trail, { trailPercent: '2.5' });
    await flow.cancelOrder({ orderId: trail, owner, actor: 'admin' });
    const exits = { takeProfitPrice: '70', stopPrice: '40' };
    const entry = await place({ orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '58', exits });

    const [ofTrail, ofExit] = [await eventsOf(trail), await eventsOf(exitIdFor(entry, 1), owner)];

    expect(ofTrail).toMatchObject([
      { type: 'PLACED' },
      {
        type: 'AMENDED',
        changes: [
          { field: 'trailAmount', from: '3.000' },
          { field: 'trailPercent', to: '2.50' },
        ],
      },
      { type: 'HELD', amount: '5.000000' },
      { type: 'RELEASED', amount: '5.000000', actor: 'admin' },
      { type: 'ENDED', status: 'CANCELLED', actor: 'admin' },
    ]);
    expect(ofExit).toMatchObject([
      { type: 'PLACED', actor: 'system' },
      { type: 'HELD', amount: '1.000000' },
    ]);
  });

  it('tell what its venue was asked to end', async () => {
    const { place, owner } = await open('57.200', { terms: { execution: 'VENUE' } });
    const orderId = await place({ orderType: 'LIMIT_SELL', quantity: '1', limitPrice: '70' });
    await flow.cancelOrder({ orderId, owner });

    const events = await eventsOf(orderId);

    expect(events.at(-1)).toEqual({ type: 'END_REQUESTED', at: at(1), status: 'CANCELLED' });
  });

  it('cost one read of the order and one of its entries, and are not for another owner', async () => {
    const { place, owner, amend } = await open('57.200');
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '50' });
    await amend(orderId, { quantity: '2' });
    const { flow: own, http } = exchange.connect();

    const { events } = await own.getOrderEvents(orderId, { owner });
    const refusal = await refusalOf(flow.getOrderEvents(orderId, { owner: 'stranger' }));

    expect(events).toHaveLength(4);
    expect(http.calls.map(({ target }) => target)).toEqual(['GetItem', 'BatchGetItem']);
    expect(refusal.code).toBe('ORDER_NOT_FOUND');
  });
});
