import { exitIdFor } from '@cnop/entities-order';
import { createOrderEngine } from '@cnop/flow-order/engine';
import { runParallel } from '@cnop/testing';
import { useOrderDesks } from '../support/order-desk.ts';
import { useTestExchange } from '../support/test-exchange.ts';

const exchange = useTestExchange();
const { flow } = exchange;
const { at, open } = useOrderDesks(exchange);
const rounds = 4;

/** Engines, each in a process of its own, that work the ticks of an asset and what has expired, all at the same time. */
function engines(count: number, assetId: string): (() => Promise<void>)[] {
  return Array.from({ length: count }, () => {
    const engine = createOrderEngine({ database: exchange.connect().database });
    return async () => {
      await engine.workTicks(assetId);
      await engine.sweepExpiries();
    };
  });
}

const atOnce = (acts: readonly (() => Promise<unknown>)[]) => runParallel(acts.length, (n) => acts[n]!());

describe('a cancellation and a fill', () => {
  it('after a tick that is due: the order is filled, and the cancellation refused', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const { assetId, owner, place, tick, order, holdings } = await open('57.200');
      const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '2', limitPrice: '50' });
      await tick(2, '49.000');

      const { codes } = await atOnce([...engines(2, assetId), () => flow.cancelOrder({ orderId, owner })]);

      expect(codes).toEqual(['ORDER_NOT_CANCELLABLE']);
      await expect(order(orderId)).resolves.toMatchObject({ status: 'COMPLETED', fills: [{ priceMinor: 49_000n }] });
      expect(await holdings()).toMatchObject({ EUR: { available: '2402.00', held: '0.00' } });
    }
  });

  it('at the same time as the tick: one of them, whole', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const { assetId, owner, place, tick, order, holdings } = await open('57.200');
      const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '2', limitPrice: '50' });
      const [work = () => Promise.resolve()] = engines(1, assetId);

      const { codes } = await atOnce([() => tick(2, '49.000').then(work), () => flow.cancelOrder({ orderId, owner })]);

      const { status, fills } = await order(orderId);
      const isFilled = status === 'COMPLETED';
      expect([codes, status, fills.length]).toEqual(
        isFilled ? [['ORDER_NOT_CANCELLABLE'], 'COMPLETED', 1] : [[], 'CANCELLED', 0],
      );
      expect((await holdings()).EUR).toEqual({ available: isFilled ? '2402.00' : '2500.00', held: '0.00' });
    }
  });
});

describe('an expiry and a fill', () => {
  it.each([
    { second: 9.999, status: 'COMPLETED', fills: 1, available: '2402.00' },
    { second: 10, status: 'EXPIRED', fills: 0, available: '2500.00' },
  ])('of a tick at $second s, worked with those after it: $status', async ({ second, status, fills, available }) => {
    for (let round = 0; round < rounds; round += 1) {
      const { assetId, owner, place, tick, order, holdings } = await open('57.200');
      const terms = { orderType: 'LIMIT_BUY', quantity: '2', limitPrice: '50', expiresAt: at(10) };
      const orderId = await place(terms);
      await tick(second, '49.000');
      await tick(11, '48.000');

      const { codes } = await atOnce([...engines(3, assetId), () => flow.cancelOrder({ orderId, owner })]);

      expect(codes).toEqual(['ORDER_NOT_CANCELLABLE']);
      const stored = await order(orderId);
      expect([stored.status, stored.fills.length]).toEqual([status, fills]);
      expect((await holdings()).EUR).toEqual({ available, held: '0.00' });
      exchange.clock.set(at(0));
    }
  });
});

describe('both sides of an OCO', () => {
  it.each([
    { first: '65.000', then: '45.000' },
    { first: '45.000', then: '65.000' },
  ])('touched at $first and then at $then: the first is the fill, once', async ({ first, then }) => {
    for (let round = 0; round < rounds; round += 1) {
      const { assetId, place, tick, order, holdings } = await open('57.200');
      const sell = { orderType: 'OCO_SELL', quantity: '2', limitPrice: '60', stopPrice: '50' };
      const orderId = await place(sell);
      await tick(2, first);
      await tick(3, then);

      await atOnce(engines(4, assetId));

      const { status, fills } = await order(orderId);
      expect([status, fills.map(({ tickAsOf }) => tickAsOf)]).toEqual(['COMPLETED', [at(2)]]);
      expect((await holdings()).gold).toEqual({ available: '18.000000', held: '0.000000' });
    }
  });
});

describe('the fill of an entry and that of its exit', () => {
  const bracket = {
    ...{ orderType: 'LIMIT_BUY', quantity: '2', limitPrice: '50' },
    exits: { takeProfitPrice: '60', stopPrice: '45' },
  };

  it('in one backlog: each once, the exit at the tick after', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const { assetId, place, tick, order, holdings } = await open('57.200');
      const orderId = await place(bracket);
      await tick(2, '44.000');
      await tick(3, '43.000');

      await atOnce(engines(4, assetId));

      await expect(order(orderId)).resolves.toMatchObject({ status: 'COMPLETED', fills: [{ tickAsOf: at(2) }] });
      const exit = await order(exitIdFor(orderId, 1));
      expect([exit.status, exit.fills.map(({ tickAsOf }) => tickAsOf)]).toEqual(['COMPLETED', [at(3)]]);
      expect(await holdings()).toEqual({
        EUR: { available: '2498.00', held: '0.00' },
        gold: { available: '20.000000', held: '0.000000' },
      });
    }
  });

  it('of an exit that is cancelled at the same time: it is sold or free, never both', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const { assetId, owner, place, tick, order, holdings } = await open('57.200');
      const exitId = exitIdFor(await place(bracket), 1);
      await tick(2, '49.000');
      const [work = () => Promise.resolve(), other = work] = engines(2, assetId);
      await work();

      const cancel = () => flow.cancelOrder({ orderId: exitId, owner });
      const { codes } = await atOnce([() => tick(3, '60.000').then(other), cancel]);

      const isSold = (await order(exitId)).status === 'COMPLETED';
      expect(codes).toEqual(isSold ? ['ORDER_NOT_CANCELLABLE'] : []);
      expect(await holdings()).toEqual({
        EUR: { available: isSold ? '2522.00' : '2402.00', held: '0.00' },
        gold: { available: isSold ? '20.000000' : '22.000000', held: '0.000000' },
      });
    }
  });
});

describe('engines on the same ticks', () => {
  it.each([2, 3, 5, 8])('%i of them leave one fill or one end of every order', async (count) => {
    const { assetId, place, tick, order, holdings } = await open('57.200');
    const ids = [
      await place({ orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '50' }),
      await place({ orderType: 'STOP_LOSS_SELL', quantity: '1', stopPrice: '55' }),
      await place({ orderType: 'TRAILING_STOP_SELL', quantity: '1', trailAmount: '3' }),
      await place({ orderType: 'STOP_LOSS_SELL', quantity: '1', stopPrice: '55', limitPrice: '54.500' }),
      await place({ orderType: 'STOP_LOSS_BUY', quantity: '1', stopPrice: '60', maxPrice: '61' }),
      await place({ orderType: 'LIMIT_BUY', quantity: '1', limitPrice: '40', expiresAt: at(4) }),
    ];
    await tick(2, '49.000');
    await tick(3, '62.000');
    await tick(4, '39.000');

    await atOnce(engines(count, assetId));

    const ends = await Promise.all(ids.map(order));
    expect(ends.map(({ status, fills }) => [status, fills.map(({ tickAsOf }) => tickAsOf)])).toEqual([
      ['COMPLETED', [at(2)]],
      ['COMPLETED', [at(2)]],
      ['COMPLETED', [at(2)]],
      ['COMPLETED', [at(3)]],
      ['FAILED', []],
      ['EXPIRED', []],
    ]);
    // One bought at 49, two sold at it, one at 62.
    expect(await holdings()).toEqual({
      EUR: { available: '2611.00', held: '0.00' },
      gold: { available: '18.000000', held: '0.000000' },
    });
  });
});
