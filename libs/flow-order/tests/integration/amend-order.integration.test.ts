import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { tickKey } from '@cnop/entities-inventory/table';
import { refusalOf } from '@cnop/testing';
import { useOrderDesks } from '../support/order-desk.ts';
import { useTestExchange } from '../support/test-exchange.ts';

const exchange = useTestExchange();
const { assets, balances, clock, database, flow, orders } = exchange;
const { at, open } = useOrderDesks(exchange);

describe('a trail that is tightened', () => {
  it('keeps its mark: a stop that was crossed already is refused, another one holds at once', async () => {
    const { place, amend, tick } = await open('57.200');
    const orderId = await place({ orderType: 'TRAILING_STOP_SELL', quantity: '5', trailAmount: '3.000' });
    await tick(2, '60.000');
    await tick(3, '58.500');
    const before = await orders.getOrder(orderId);

    const crossed = await refusalOf(amend(orderId, { trailAmount: '1.000' }));
    const too = await refusalOf(amend(orderId, { trailAmount: '1.400' }));
    const unchanged = await orders.getOrder(orderId);
    const { order, replayed } = await amend(orderId, { trailAmount: '2.000' });
    await tick(7, '57.990');
    const late = await refusalOf(amend(orderId, { trailAmount: '4.000' }));

    expect(crossed).toMatchObject({
      code: 'ORDER_WOULD_TRIGGER',
      details: { price: '58.500', trigger: '59.000' },
    });
    expect(too).toMatchObject({ code: 'ORDER_WOULD_TRIGGER', details: { price: '58.500', trigger: '58.600' } });
    expect(unchanged).toStrictEqual(before);
    expect({ order, replayed }).toMatchObject({
      replayed: false,
      order: { watermarkMinor: 60_000n, activeAsOf: at(3), repricedAt: at(3), trailAmountMinor: 2_000n, version: 2 },
    });
    expect(late).toMatchObject({ code: 'ORDER_NOT_AMENDABLE', details: { orderId, status: 'COMPLETED' } });
    await expect(orders.getOrder(orderId)).resolves.toMatchObject({
      fills: [{ priceMinor: 57_990n, quantityMinor: 5_000_000n, notionalMinor: 28_995n, tickAsOf: at(7) }],
    });
  });

  it('counts from its mark in percent as well, and an amount gives way to a percentage', async () => {
    const { place, amend, tick } = await open('57.200');
    const orderId = await place({ orderType: 'TRAILING_STOP_SELL', quantity: '5', trailAmount: '3.000' });
    await tick(2, '60.000');
    await tick(3, '59.900');

    const { order } = await amend(orderId, { trailPercent: '1' });
    await tick(4, '59.400');
    const late = await refusalOf(amend(orderId, { quantity: '4' }));

    expect(order).toMatchObject({ trailBps: 100, watermarkMinor: 60_000n });
    expect(order).not.toHaveProperty('trailAmountMinor');
    expect(order.changes).toEqual([
      { at: at(3), actor: order.owner, version: 2, field: 'trailAmountMinor', from: '3000' },
      { at: at(3), actor: order.owner, version: 2, field: 'trailBps', to: '100' },
    ]);
    expect(late.code).toBe('ORDER_NOT_AMENDABLE');
  });

  it('that is as wide as the price is refused', async () => {
    const { place, amend } = await open('57.200');
    const orderId = await place({ orderType: 'TRAILING_STOP_SELL', quantity: '5', trailAmount: '3.000' });

    const refusal = await refusalOf(amend(orderId, { trailAmount: '57.200' }));

    expect(refusal.code).toBe('TRAIL_TOO_WIDE');
  });

  it('takes a reference price of any age: it counts from its own mark', async () => {
    const { place, amend } = await open('57.200');
    const orderId = await place({ orderType: 'TRAILING_STOP_SELL', quantity: '5', trailAmount: '3.000' });
    clock.set(at(600));

    const { order } = await amend(orderId, { trailAmount: '2.000' });

    expect(order).toMatchObject({ watermarkMinor: 57_200n, repricedAt: at(600), activeAsOf: at(0) });
  });
});

describe('the hold of an amended order', () => {
  it('is raised by a larger quantity, in the same write, and the order begins anew', async () => {
    const { owner, place, amend, tick, holdings } = await open('57.200');
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '56.000' });
    clock.set(at(2));

    const { order } = await amend(orderId, { quantity: '2' });
    const raised = await holdings();
    await tick(3, '56.000');
    const late = await refusalOf(amend(orderId, { quantity: '3' }));

    expect(order).toMatchObject({
      quantityMinor: 2_000_000n,
      heldMinor: 11_200n,
      activeAsOf: at(0),
      repricedAt: at(2),
      adjustments: [{ transactionType: 'ORDER_HOLD' }],
      changes: [{ at: at(2), actor: owner, version: 2, field: 'quantityMinor', from: '1000000', to: '2000000' }],
    });
    expect(raised.EUR.held).toBe('112.00');
    expect(late).toMatchObject({ code: 'ORDER_NOT_AMENDABLE', details: { status: 'COMPLETED' } });
    await expect(exchange.holdings(owner)).resolves.toMatchObject({ EUR: { available: '2388.00', held: '0.00' } });
  });

  it('is lowered by a smaller quantity, and the order keeps its place', async () => {
    const { place, amend, tick, holdings } = await open('57.200');
    const orderId = await place({ orderType: 'LIMIT_SELL', quantity: '5', limitPrice: '60.000' });
    await tick(2, '57.300');

    const { order } = await amend(orderId, { quantity: '2' });

    expect(order).toMatchObject({
      heldMinor: 2_000_000n,
      activeAsOf: at(0),
      adjustments: [{ transactionType: 'ORDER_RELEASE' }],
    });
    expect(order).not.toHaveProperty('repricedAt');
    expect((await holdings()).gold.held).toBe('2.000000');
  });

  it('moves in an entry of the journal that names the order and who amended it', async () => {
    const { owner, place } = await open('57.200');
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '2', limitPrice: '56.000' });

    const { order } = await flow.amendOrder({ orderId, actor: 'admin', amendment: { limitPrice: '50.000' } });
    const ids = order.adjustments?.map(({ transactionId }) => transactionId) ?? [];
    const [entry] = await balances.getTransactionsByIds(owner, ids);

    expect(entry).toMatchObject({
      transactionType: 'ORDER_RELEASE',
      orderId,
      actor: 'admin',
      postings: [
        { code: 'EUR', bucket: 'available', amountMinor: 1_200n },
        { code: 'EUR', bucket: 'held', amountMinor: -1_200n },
      ],
    });
    expect(order.changes).toMatchObject([{ actor: 'admin', field: 'limitPriceMinor', from: '56000', to: '50000' }]);
  });

  it('that is not covered is refused with both figures, and the order stays as it was', async () => {
    const { place, amend } = await open('57.200', { eur: '100.00' });
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '56.000' });
    const before = await orders.getOrder(orderId);

    const refusal = await refusalOf(amend(orderId, { quantity: '2' }));

    expect(refusal).toMatchObject({
      code: 'BALANCE_INSUFFICIENT',
      details: { code: 'EUR', available: '44.00', required: '56.00' },
    });
    await expect(orders.getOrder(orderId)).resolves.toStrictEqual(before);
  });

  it('of a frozen balance is not raised, but lowered', async () => {
    const { owner, place, amend } = await open('57.200');
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '2', limitPrice: '56.000' });
    await balances.updateBalance({ owner, code: 'EUR', status: 'FROZEN' });

    const raise = await refusalOf(amend(orderId, { quantity: '3' }));
    const { order } = await amend(orderId, { quantity: '1' });

    expect(raise.code).toBe('BALANCE_FROZEN');
    expect(order.heldMinor).toBe(5_600n);
  });

  it('follows the notional, which stays, while the quantity follows the limit', async () => {
    const { place, amend } = await open('57.200');
    const orderId = await place({ orderType: 'LIMIT_BUY', notional: '100.00', limitPrice: '50.000' });

    const quantity = await refusalOf(amend(orderId, { quantity: '3' }));
    const { order } = await amend(orderId, { limitPrice: '40.000' });

    expect(quantity).toMatchObject({ code: 'VALIDATION_FAILED', details: { issues: [{ pointer: '/quantity' }] } });
    expect(order).toMatchObject({ notionalMinor: 10_000n, heldMinor: 10_000n, quantityMinor: 2_500_000n });
    expect(order.changes?.map(({ field }) => field)).toEqual(['limitPriceMinor']);
  });
});

describe('the maximum price of an amended stop buy', () => {
  it('that was not given follows the stop', async () => {
    const { place, amend, holdings } = await open('57.200');
    const orderId = await place({ orderType: 'STOP_LOSS_BUY', quantity: '1', stopPrice: '60.000' });

    const { order } = await amend(orderId, { stopPrice: '80.000' });

    expect(order).toMatchObject({ maxPriceMinor: 84_000n, holdPriceMinor: 84_000n, heldMinor: 8_400n });
    expect(order.changes?.map(({ field }) => field)).toEqual(['stopPriceMinor', 'maxPriceMinor']);
    expect((await holdings()).EUR.held).toBe('84.00');
  });

  it.each([
    ['when it was placed', { maxPrice: '63.000' }, {}],
    ['by an amendment', {}, { maxPrice: '63.000' }],
    ['as what it would be by default', {}, { maxPrice: '63.000', stopPrice: '60.000' }],
  ])('that was given %s stays, and no stop is above it', async (_, placed, amended) => {
    const { place, amend } = await open('57.200');
    const orderId = await place({ orderType: 'STOP_LOSS_BUY', quantity: '1', stopPrice: '60.000', ...placed });
    if (Object.keys(amended).length > 0) await amend(orderId, amended);

    const above = await refusalOf(amend(orderId, { stopPrice: '63.001' }));
    const { order } = await amend(orderId, { stopPrice: '63.000' });

    expect(above).toMatchObject({ code: 'LIMIT_ON_WRONG_SIDE', details: { limit: '63.000', stop: '63.001' } });
    expect(order).toMatchObject({ maxPriceMinor: 63_000n, stopPriceMinor: 63_000n });
    expect(order).not.toHaveProperty('collarBps');
  });

  it('of a trail follows a new trail from its mark, and stays with a new quantity', async () => {
    const { place, amend, tick } = await open('60.000');
    const orderId = await place({ orderType: 'TRAILING_STOP_BUY', quantity: '1', trailAmount: '4.000' });
    await tick(2, '50.000');

    const { order: larger } = await amend(orderId, { quantity: '2' });
    const { order } = await amend(orderId, { trailAmount: '2.000' });

    expect(larger).toMatchObject({ maxPriceMinor: 67_200n, watermarkMinor: 50_000n, heldMinor: 13_440n });
    expect(order).toMatchObject({ maxPriceMinor: 54_600n, watermarkMinor: 50_000n, heldMinor: 10_920n });
  });
});

describe('an amendment that changes nothing', () => {
  it('is a replay without a write, whatever version it expects', async () => {
    const { owner, place } = await open('57.200');
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '2', limitPrice: '56.000' });
    const { flow: own, http } = exchange.connect();
    const before = await orders.getOrder(orderId);

    const amendment = { quantity: '2.000', limitPrice: '56', expiresAt: before.expiresAt, expectedVersion: 7 };
    const result = await own.amendOrder({ orderId, owner, amendment });

    expect(result).toStrictEqual({ order: before, replayed: true });
    expect(http.calls.map(({ target }) => target)).toEqual(['GetItem', 'GetItem']);
  });
});

describe('the expiry of an order', () => {
  it('is amended, and its place stays', async () => {
    const { place, amend, tick } = await open('57.200');
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '50' });
    await tick(2, '57.100');

    const { order } = await amend(orderId, { expiresAt: at(60) });

    expect(order).toMatchObject({ expiresAt: at(60), timeInForce: 'GTD', activeAsOf: at(0) });
    expect(order).not.toHaveProperty('repricedAt');
    expect(order.changes?.map(({ field }) => field)).toEqual(['timeInForce', 'expiresAt']);
  });

  it('must be after now and the newest tick, and not later than orders live', async () => {
    const { place, amend, tick } = await open('57.200');
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '50' });
    await tick(2, '57.100');

    const now = await refusalOf(amend(orderId, { expiresAt: at(2) }));
    const { order } = await amend(orderId, { expiresAt: new Date(Date.parse(at(2)) + 1).toISOString() });
    const late = await refusalOf(amend(orderId, { expiresAt: at(2 + 90 * 86_400 + 1) }));

    expect(now).toMatchObject({ code: 'EXPIRY_OUT_OF_RANGE', details: { after: at(2) } });
    expect(order.version).toBe(2);
    expect(late.code).toBe('EXPIRY_OUT_OF_RANGE');
  });

  it('that is put off leaves a trail its mark, also once the first ticks are no longer kept', async () => {
    const { assetId, place, amend, tick } = await open('57.200');
    const day = 86_400;
    const orderId = await place({ orderType: 'TRAILING_STOP_SELL', quantity: '5', trailAmount: '3.000' });
    await tick(2, '60.000');
    await tick(80 * day, '58.000');
    const { order } = await amend(orderId, { expiresAt: at(160 * day) });
    const TableName = database.tableName('inventory');
    for (const second of [0, 2])
      await database.writer.send(new DeleteCommand({ TableName, Key: tickKey(assetId, at(second)) }));

    await tick(100 * day, '57.500');
    await amend(orderId, { quantity: '4' });
    await tick(100 * day + 1, '57.000');
    const late = await refusalOf(amend(orderId, { quantity: '3' }));

    expect(order).toMatchObject({ activeAsOf: at(80 * day), repricedAt: at(80 * day), watermarkMinor: 60_000n });
    expect(late.code).toBe('ORDER_NOT_AMENDABLE');
    await expect(orders.getOrder(orderId)).resolves.toMatchObject({
      status: 'COMPLETED',
      fills: [{ priceMinor: 57_000n, tickAsOf: at(100 * day + 1) }],
    });
  });

  it('is no matter of an amendment of something else', async () => {
    const { place, amend } = await open('57.200');
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '50', expiresAt: at(60) });
    clock.set(at(59));

    await expect(amend(orderId, { quantity: '2' })).resolves.toMatchObject({ order: { expiresAt: at(60) } });
  });

  it('refuses every amendment once our clock has passed it', async () => {
    const { place, amend } = await open('57.200');
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '50', expiresAt: at(60) });
    clock.set(at(60));

    const refusal = await refusalOf(amend(orderId, { expiresAt: at(90) }));

    expect(refusal).toMatchObject({
      code: 'ORDER_NOT_AMENDABLE',
      details: { status: 'QUEUED', reason: 'PAST_EXPIRY' },
    });
  });

  it('refuses it once a tick of then has been accepted', async () => {
    const { place, amend, assetId } = await open('57.200');
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '50', expiresAt: at(60) });
    clock.set(at(58));
    await assets.setPrice({ assetId, price: '57.100', asOf: at(60), source: 'test' });

    const refusal = await refusalOf(amend(orderId, { expiresAt: at(90) }));

    expect(refusal).toMatchObject({ code: 'ORDER_NOT_AMENDABLE', details: { reason: 'PAST_EXPIRY' } });
  });
});
