import { journalShapeProblem, type Posting } from '@cnop/entities-ledger';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { orderKey } from '@cnop/entities-order/table';
import { makeOrderDraft } from '@cnop/entities-order/testing';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { after, refusalOf } from '@cnop/testing';
import { useTestMarket } from '../support/test-market.ts';

const market = useTestMarket();
const { balances, clock, database, flow, orders } = market;

const absentId = '0190f1d4-5c3e-7a10-8b2f-3d6c1e5a9b70';

async function traded(orderType: 'MARKET_BUY' | 'MARKET_SELL', endowment: { usd?: bigint; aapl?: bigint }) {
  const owner = await market.trader(endowment);
  const { order } = await flow.placeOrder({ owner, order: { orderType, assetId: 'AAPL', quantity: '3' } });

  return { owner, order };
}

/** A PENDING order; with a status, one that is forced into it behind the libraries' back. */
async function waiting(status?: 'QUEUED' | 'FAILED' | 'EXPIRED') {
  const owner = await market.trader();
  const { order } = await orders.createOrder(makeOrderDraft({ owner }));

  if (status !== undefined) {
    await database.writer.send(
      new UpdateCommand({
        TableName: database.tableName(ordersTableShape.name),
        Key: { ...orderKey(order.orderId) },
        UpdateExpression: 'SET #status = :status',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':status': status },
      }),
    );
  }
  return { owner, order };
}

const negated = (posting: Posting): Posting => ({ ...posting, amountMinor: -posting.amountMinor });

beforeEach(() => clock.set('2026-01-05T09:30:00.000Z'));

describe('refundOrder', () => {
  it.each([
    { orderType: 'MARKET_BUY', endowment: { usd: 5_000n }, available: { USD: 5_000n } },
    { orderType: 'MARKET_SELL', endowment: { aapl: 5n }, available: { AAPL: 5n } },
  ] as const)('undoes a $orderType by the exact negation of its payment', async (each) => {
    const { owner, order } = await traded(each.orderType, each.endowment);
    clock.advance(1_000);

    const refund = await flow.refundOrder({ orderId: order.orderId, owner, actor: 'admin' });

    const [entry, payment] = await market.journal(owner);
    expect(refund).toStrictEqual({
      replayed: false,
      order: { ...order, refundTransactionId: entry?.transactionId, updatedAt: '2026-01-05T09:30:01.000Z', version: 2 },
    });
    expect(entry).toMatchObject({ transactionType: 'ORDER_REFUND', orderId: order.orderId, actor: 'admin' });
    expect(entry?.postings).toEqual(payment?.postings.map((posting) => negated(posting)));
    expect(entry).not.toHaveProperty('feeMinor');
    expect(journalShapeProblem(entry!)).toBeUndefined();
    await expect(orders.getOrder(order.orderId)).resolves.toStrictEqual(refund.order);
    await expect(market.available(owner)).resolves.toEqual(each.available);
  });

  it('is a replay when another refund came in between', async () => {
    const { order } = await traded('MARKET_BUY', { usd: 5_000n });
    const { flow: slow, http } = market.connect();
    http.script(
      'TransactWriteItems',
      after(() => flow.refundOrder({ orderId: order.orderId })),
    );

    await expect(slow.refundOrder({ orderId: order.orderId })).resolves.toMatchObject({ replayed: true });
  });

  it('answers a second time with the first refund', async () => {
    const { owner, order } = await traded('MARKET_BUY', { usd: 5_000n });
    const first = await flow.refundOrder({ orderId: order.orderId });

    const second = await flow.refundOrder({ orderId: order.orderId.toUpperCase(), owner });

    expect(second).toStrictEqual({ order: first.order, replayed: true });
    await expect(market.available(owner)).resolves.toEqual({ USD: 5_000n });
  });

  it('refunds at the price of the order, whatever the price is now', async () => {
    const { owner, order } = await traded('MARKET_BUY', { usd: 3_000n });
    market.prices.set({ priceMinor: 99_900n });

    await flow.refundOrder({ orderId: order.orderId });

    market.prices.set({ priceMinor: 1_000n });
    await expect(market.available(owner)).resolves.toEqual({ USD: 3_000n });
  });

  it.each([
    {
      orderType: 'MARKET_BUY',
      opposite: 'MARKET_SELL',
      endowment: { usd: 3_000n },
      details: { code: 'AAPL', available: '2', required: '3' },
    },
    {
      orderType: 'MARKET_SELL',
      opposite: 'MARKET_BUY',
      endowment: { aapl: 3n },
      details: { code: 'USD', available: '20.00', required: '30.00' },
    },
  ] as const)('refuses to undo a $orderType of which a part is gone, with both figures', async (each) => {
    const { owner, order } = await traded(each.orderType, each.endowment);
    await flow.placeOrder({ owner, order: { orderType: each.opposite, assetId: 'AAPL', quantity: '1' } });
    const items = await market.itemsOf(owner);

    const refusal = await refusalOf(flow.refundOrder({ orderId: order.orderId }));

    expect(refusal).toMatchObject({ code: 'BALANCE_INSUFFICIENT', details: each.details });
    await expect(market.itemsOf(owner)).resolves.toEqual(items);
  });

  it('refuses to take back from a frozen balance', async () => {
    const { owner, order } = await traded('MARKET_BUY', { usd: 3_000n });
    await balances.updateBalance({ owner, code: 'AAPL', status: 'FROZEN' });

    const refusal = await refusalOf(flow.refundOrder({ orderId: order.orderId }));

    expect(refusal).toMatchObject({ code: 'BALANCE_FROZEN', details: { code: 'AAPL' } });
  });

  it.each(['PENDING', 'FAILED', 'QUEUED'] as const)('refuses an order that is %s', async (status) => {
    const { owner, order } = await waiting(status === 'PENDING' ? undefined : status);
    const items = await market.itemsOf(owner);

    const refusal = await refusalOf(flow.refundOrder({ orderId: order.orderId }));

    expect(refusal).toMatchObject({ code: 'ORDER_NOT_REFUNDABLE', details: { orderId: order.orderId, status } });
    await expect(market.itemsOf(owner)).resolves.toEqual(items);
  });

  it('finds neither an absent order nor that of another user', async () => {
    const { order } = await traded('MARKET_BUY', { usd: 3_000n });
    const other = await market.trader();

    const absent = await refusalOf(flow.refundOrder({ orderId: absentId }));
    const foreign = await refusalOf(flow.refundOrder({ orderId: order.orderId, owner: other }));

    expect(absent).toMatchObject({ code: 'ORDER_NOT_FOUND', details: { orderId: absentId } });
    expect(foreign).toMatchObject({ code: 'ORDER_NOT_FOUND', details: { orderId: order.orderId } });
  });

  it.each([{ orderId: 'o-1' }, { orderId: absentId, owner: '#' }, { orderId: absentId, amount: '1' }])(
    'refuses a malformed request: %j',
    async (request) => {
      await expect(refusalOf(flow.refundOrder(request))).resolves.toMatchObject({ code: 'VALIDATION_FAILED' });
    },
  );
});

describe('cancelOrder', () => {
  it('cancels an order that holds nothing; the second time it is a replay', async () => {
    const { owner, order } = await waiting();

    const first = await flow.cancelOrder({ orderId: order.orderId, owner });
    const second = await flow.cancelOrder({ orderId: order.orderId });

    expect(first).toMatchObject({ replayed: false, order: { status: 'CANCELLED', version: 2 } });
    expect(second).toStrictEqual({ order: first.order, replayed: true });
    await expect(orders.getOrder(order.orderId)).resolves.toStrictEqual(first.order);
  });

  it('refuses an order that is completed, and changes nothing', async () => {
    const { owner, order } = await traded('MARKET_BUY', { usd: 3_000n });
    const items = await market.itemsOf(owner);

    const refusal = await refusalOf(flow.cancelOrder({ orderId: order.orderId, owner }));

    expect(refusal).toMatchObject({
      code: 'ORDER_NOT_CANCELLABLE',
      details: { orderId: order.orderId, status: 'COMPLETED' },
    });
    await expect(market.itemsOf(owner)).resolves.toEqual(items);
  });

  it.each(['FAILED', 'EXPIRED'] as const)('refuses an order that is %s', async (status) => {
    const { order } = await waiting(status);

    await expect(refusalOf(flow.cancelOrder({ orderId: order.orderId }))).resolves.toMatchObject({
      code: 'ORDER_NOT_CANCELLABLE',
      details: { status },
    });
  });

  it('refuses an open order, whose hold it would strand', async () => {
    const { order } = await waiting('QUEUED');

    await expect(refusalOf(flow.cancelOrder({ orderId: order.orderId }))).resolves.toMatchObject({
      code: 'ORDER_TRANSITION_ILLEGAL',
      details: { from: 'QUEUED', to: 'CANCELLED' },
    });
  });

  it('finds neither an absent order nor that of another user', async () => {
    const { order } = await waiting();
    const other = await market.trader();

    const absent = await refusalOf(flow.cancelOrder({ orderId: absentId }));
    const foreign = await refusalOf(flow.cancelOrder({ orderId: order.orderId, owner: other }));

    expect([absent.code, foreign.code]).toEqual(['ORDER_NOT_FOUND', 'ORDER_NOT_FOUND']);
    await expect(orders.getOrder(order.orderId)).resolves.toStrictEqual(order);
  });
});
