import { after, loseRequest, refusalOf } from '@cnop/testing';
import { useOrderDesks } from '../support/order-desk.ts';
import { useTestExchange } from '../support/test-exchange.ts';

const exchange = useTestExchange();
const { clock, flow, orders } = exchange;
const { at, open } = useOrderDesks(exchange);
const restingBuy = { orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '50' };

describe('cancelOrders', () => {
  it('cancels the open orders of an owner and asset, page by page, and no others', async () => {
    const { place, owner, assetId, holdings } = await open('57.200');
    const other = await exchange.list();
    await exchange.tick(other, '57.200');
    const elsewhere = await flow.placeOrder({
      owner,
      order: { ...restingBuy, orderType: 'LIMIT_BUY', assetId: other },
    });
    const placed: string[] = [];
    for (let second = 2; second <= 6; second += 1) {
      clock.set(at(second));
      placed.push(await place(restingBuy));
    }
    await flow.cancelOrder({ orderId: placed[3] ?? '', owner });

    const first = await flow.cancelOrders({ owner, assetId, limit: 3 });
    const second = await flow.cancelOrders({ owner, assetId, limit: 3, cursor: first.nextCursor });
    const again = await flow.cancelOrders({ owner, assetId });

    expect(first).toMatchObject({ cancelled: 2, failed: [] });
    expect(first.nextCursor).toBeDefined();
    expect(second).toEqual({ cancelled: 2, failed: [] });
    expect(again).toEqual({ cancelled: 0, failed: [] });
    const ended = await orders.getOrdersByIds(placed);
    expect(ended.map(({ status }) => status)).toEqual(Array(5).fill('CANCELLED'));
    await expect(orders.getOrder(elsewhere.order.orderId)).resolves.toMatchObject({ status: 'QUEUED' });
    expect((await holdings()).EUR.held).toBe('50.00');
  });

  it('tells of an order that the ticks had filled, and cancels the others', async () => {
    const { place, owner, assetId, tick } = await open('57.200');
    const filled = await place({ ...restingBuy, limitPrice: '55' });
    const resting = await place(restingBuy);
    await tick(2, '54');

    const result = await flow.cancelOrders({ owner, assetId, actor: 'admin' });

    expect(result).toEqual({ cancelled: 1, failed: [{ orderId: filled, code: 'ORDER_NOT_CANCELLABLE' }] });
    await expect(orders.getOrder(resting)).resolves.toMatchObject({ status: 'CANCELLED' });
  });

  it('counts nothing that another call had cancelled', async () => {
    const { place, owner, assetId } = await open('57.200');
    const orderId = await place(restingBuy);
    const { flow: own, http } = exchange.connect();
    http.script(
      'TransactWriteItems',
      after(() => flow.cancelOrder({ orderId, owner })),
    );

    await expect(own.cancelOrders({ owner, assetId })).resolves.toEqual({ cancelled: 0, failed: [] });
  });

  it('goes on after an order whose outcome stays unknown', async () => {
    const { place, owner, assetId } = await open('57.200');
    const first = await place(restingBuy);
    clock.set(at(2));
    const last = await place(restingBuy);
    const { flow: own, http } = exchange.connect();
    http.script(
      'TransactWriteItems',
      ...Array.from({ length: exchange.database.retry.maxAttempts }, () => loseRequest()),
    );

    const result = await own.cancelOrders({ owner, assetId });

    expect(result).toEqual({ cancelled: 1, failed: [{ orderId: last, code: 'OUTCOME_UNKNOWN' }] });
    await expect(orders.getOrder(first)).resolves.toMatchObject({ status: 'CANCELLED' });
  });

  it('refuses a cursor that is none', async () => {
    const { owner, assetId } = await open('57.200');

    const refusal = await refusalOf(flow.cancelOrders({ owner, assetId, cursor: 'none' }));

    expect(refusal.code).toBe('CURSOR_INVALID');
  });
});
