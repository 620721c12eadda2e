import { after, forgetToken, landLate, loseRequest, loseResponse, refusalOf, runParallel } from '@cnop/testing';
import { createOrderEngine } from '@cnop/flow-order/engine';
import { needOf } from '@cnop/entities-order';
import { useOrderDesks } from '../support/order-desk.ts';
import { useTestExchange } from '../support/test-exchange.ts';

const exchange = useTestExchange();
const { flow } = exchange;
const { at, open } = useOrderDesks(exchange);
const restingBuy = { orderType: 'LIMIT_BUY', quantity: '2', limitPrice: '50' };

describe('amendments in parallel', () => {
  it('are all made, one after another, each from what the one before left', async () => {
    const { place, amend, order } = await open('57.200');
    const orderId = await place(restingBuy);

    const { answers, codes } = await runParallel(8, (n) => amend(orderId, { quantity: String(3 + n) }));
    const end = await order(orderId);

    expect([answers.length, codes]).toEqual([8, []]);
    expect(end.version).toBe(1 + answers.filter(({ replayed }) => !replayed).length);
    expect(end.heldMinor).toBe(needOf(end));
    expect(end.changes?.map(({ version }) => version)).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('that ask for the same are made once, and are replays', async () => {
    const { place, amend, order } = await open('57.200');
    const orderId = await place(restingBuy);

    const { answers } = await runParallel(8, () => amend(orderId, { quantity: '3' }));

    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    await expect(order(orderId)).resolves.toMatchObject({ version: 2, quantityMinor: 3_000_000n });
  });

  it('of one expected version have one winner', async () => {
    const { place, amend, order } = await open('57.200');
    const orderId = await place(restingBuy);

    const { answers, codes } = await runParallel(8, (n) =>
      amend(orderId, { quantity: String(3 + n), expectedVersion: 1 }),
    );

    expect(answers).toHaveLength(1);
    expect(codes).toEqual(Array(7).fill('VERSION_CONFLICT'));
    await expect(order(orderId)).resolves.toMatchObject({ version: 2 });
  });

  it('are refused as contention where other writes keep coming first', async () => {
    const { place, amend, owner, order } = await open('57.200');
    const orderId = await place(restingBuy);
    const other = exchange.connect();
    let quantity = 10;
    const interfere = after(async () => {
      quantity += 1;
      await amend(orderId, { quantity: `${quantity}` });
    });
    other.http.script('TransactWriteItems', ...Array.from({ length: 10 }, () => interfere));

    const refusal = await refusalOf(other.flow.amendOrder({ orderId, owner, amendment: { limitPrice: '49' } }));

    expect(refusal).toMatchObject({ code: 'CONTENTION', details: { attempts: 10 } });
    await expect(order(orderId)).resolves.toMatchObject({ version: 11 });
  });
});

describe('an amendment and another write of its order', () => {
  it('and a cancel: whichever comes first, nothing stays held and nothing is lost', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { place, amend, order, holdings, owner } = await open('57.200');
      const orderId = await place(restingBuy);

      const acts = [() => amend(orderId, { quantity: '3' }), () => flow.cancelOrder({ orderId, owner })];
      const { codes } = await runParallel(2, (n) => acts[n]!());

      expect(codes.every((code) => code === 'ORDER_NOT_AMENDABLE')).toBe(true);
      await expect(order(orderId)).resolves.toMatchObject({ status: 'CANCELLED', heldMinor: 0n });
      expect((await holdings()).EUR).toEqual({ available: '2500.00', held: '0.00' });
    }
  });

  it('and a fill that came first: it is refused, and names the status', async () => {
    const { place, owner, tick, amend, order } = await open('57.200');
    const orderId = await place(restingBuy);
    const other = exchange.connect();
    other.http.script(
      'TransactWriteItems',
      after(async () => {
        await tick(2, '49.000');
        await refusalOf(amend(orderId, { quantity: '5' }));
      }),
    );

    const refusal = await refusalOf(other.flow.amendOrder({ orderId, owner, amendment: { quantity: '3' } }));

    expect(refusal).toMatchObject({ code: 'ORDER_NOT_AMENDABLE', details: { status: 'COMPLETED' } });
    await expect(order(orderId)).resolves.toMatchObject({ fills: [{ quantityMinor: 2_000_000n }] });
  });

  it('and a fill that comes after: it is of the amended order', async () => {
    const { place, tick, amend, order } = await open('57.200');
    const orderId = await place(restingBuy);

    await amend(orderId, { quantity: '3', limitPrice: '55' });
    await tick(2, '54.000');
    await refusalOf(amend(orderId, { quantity: '5' }));

    await expect(order(orderId)).resolves.toMatchObject({
      fills: [{ quantityMinor: 3_000_000n, priceMinor: 54_000n }],
    });
  });

  it('and many of both in parallel: the hold is what the order needs after each', async () => {
    const { place, amend, tick, order, owner } = await open('57.200');
    const orderId = await place(restingBuy);
    const acts: (() => Promise<unknown>)[] = [
      () => amend(orderId, { quantity: '3' }),
      () => amend(orderId, { limitPrice: '52' }),
      () => tick(2, '51.500'),
      () => amend(orderId, { quantity: '4' }),
      () => flow.cancelOrder({ orderId, owner }),
    ];

    const { codes } = await runParallel(acts.length, (n) => acts[n]!());
    const end = await order(orderId);

    expect(codes.every((code) => ['ORDER_NOT_AMENDABLE', 'ORDER_NOT_CANCELLABLE'].includes(code))).toBe(true);
    expect(end.heldMinor).toBe(0n);
    expect(end.fills.reduce((sum, { quantityMinor }) => sum + quantityMinor, 0n)).toBe(
      end.status === 'COMPLETED' ? end.quantityMinor : 0n,
    );
  });
});

describe('an amendment and the engine', () => {
  it('in parallel after a tick that is due: the order is filled as it was', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { place, amend, tick, order, assetId } = await open('57.200');
      const orderId = await place(restingBuy);
      await tick(2, '49.000');
      const engines = [exchange, exchange.connect()].map(({ database }) => createOrderEngine({ database }));

      const acts: (() => Promise<unknown>)[] = [
        () => amend(orderId, { quantity: '3', limitPrice: '40' }),
        ...engines.map((engine) => () => engine.workTicks(assetId)),
      ];
      const { codes } = await runParallel(acts.length, (n) => acts[n]!());

      expect(codes).toEqual(['ORDER_NOT_AMENDABLE']);
      await expect(order(orderId)).resolves.toMatchObject({
        status: 'COMPLETED',
        fills: [{ priceMinor: 49_000n, quantityMinor: 2_000_000n, tickAsOf: at(2) }],
      });
    }
  });

  it('in parallel with the tick: the order is filled as it was or as amended, whole', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { place, amend, tick, order, assetId } = await open('57.200');
      const orderId = await place(restingBuy);
      const engine = createOrderEngine({ database: exchange.connect().database });
      const acts: (() => Promise<unknown>)[] = [
        () => amend(orderId, { quantity: '3' }),
        () => tick(2, '49.000').then(() => engine.workTicks(assetId)),
      ];

      const { codes } = await runParallel(acts.length, (n) => acts[n]!());
      await tick(3, '48.000');
      await engine.workTicks(assetId);
      const end = await order(orderId);

      expect(codes.every((code) => code === 'ORDER_NOT_AMENDABLE')).toBe(true);
      expect(end.status).toBe('COMPLETED');
      expect(end.fills.map(({ quantityMinor }) => quantityMinor)).toEqual([end.quantityMinor]);
      expect(end.quantityMinor).toBe(codes.length === 0 ? 3_000_000n : 2_000_000n);
    }
  });

  it('that knew the trail before: it fires at the stop of the mark that was kept, and follows a new high', async () => {
    const { place, amend, tick, order, assetId } = await open('57.200');
    const [kept, follows] = [
      await place({ orderType: 'TRAILING_STOP_SELL', quantity: '5', trailAmount: '3' }),
      await place({ orderType: 'TRAILING_STOP_SELL', quantity: '5', trailAmount: '5' }),
    ];
    const engine = createOrderEngine({ database: exchange.database });
    await tick(2, '60.000');
    await engine.workTicks(assetId);
    await tick(3, '58.500');
    await engine.workTicks(assetId);
    await amend(kept, { trailAmount: '2' });
    await amend(follows, { trailAmount: '4' });

    for (const [index, price] of ['58.100', '57.990', '65.000', '61.001', '61.000'].entries()) {
      await tick(4 + index, price);
      await engine.workTicks(assetId);
    }

    await expect(order(kept)).resolves.toMatchObject({ fills: [{ priceMinor: 57_990n, tickAsOf: at(5) }] });
    await expect(order(follows)).resolves.toMatchObject({ fills: [{ priceMinor: 61_000n, tickAsOf: at(8) }] });
  });
});

describe('an amendment and the fills of a venue', () => {
  it('in parallel: both are made, and the hold is what the rest needs', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { place, amend, order } = await open('57.200', { terms: { execution: 'VENUE' } });
      const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '2', limitPrice: '50' });
      const acts = [
        () => amend(orderId, { quantity: '3' }),
        () => flow.executeOrder({ orderId, venueFillId: 'v-1', quantity: '1', price: '49' }),
        () => amend(orderId, { limitPrice: '51' }),
        () => flow.executeOrder({ orderId, venueFillId: 'v-2', quantity: '0.5', price: '50' }),
      ];

      const { codes } = await runParallel(acts.length, (n) => acts[n]!());
      const end = await order(orderId);

      expect(codes).toEqual([]);
      expect(end).toMatchObject({
        status: 'PROCESSING',
        quantityMinor: 3_000_000n,
        limitPriceMinor: 51_000n,
        version: 5,
      });
      expect(end.heldMinor).toBe(needOf(end));
    }
  });

  it('keeps what is filled: a smaller quantity is above it', async () => {
    const { place, order } = await open('57.200', { terms: { execution: 'VENUE' } });
    const orderId = await place({ orderType: 'LIMIT_BUY', quantity: '2', limitPrice: '50' });
    await flow.executeOrder({ orderId, venueFillId: 'v-1', quantity: '1', price: '49' });
    const amendAsVenue = (quantity: string) => flow.amendOrder({ orderId, role: 'venue', amendment: { quantity } });

    const refusal = await refusalOf(amendAsVenue('1'));
    await amendAsVenue('1.5');
    const end = await order(orderId);

    expect(refusal).toMatchObject({
      code: 'QUANTITY_BELOW_FILLED',
      details: { quantity: '1.000000', filled: '1.000000' },
    });
    expect(end).toMatchObject({ status: 'PROCESSING', fills: [{ quantityMinor: 1_000_000n }] });
    expect(end.heldMinor).toBe(needOf(end));
  });
});

describe('an amendment whose response is lost', () => {
  it.each([
    ['with money', 'TransactWriteItems', { quantity: '3' }],
    ['without money', 'UpdateItem', { expiresAt: '2026-05-01T00:00:00.000Z' }],
  ])('is made once: %s', async (_, operation, amendment) => {
    const { place, owner, order } = await open('57.200');
    const orderId = await place(restingBuy);
    const { flow: faulty, http } = exchange.connect();
    http.script(operation, loseResponse(), forgetToken());

    const result = await faulty.amendOrder({ orderId, owner, amendment });

    expect(result).toMatchObject({ replayed: false, order: { version: 2 } });
    await expect(order(orderId)).resolves.toStrictEqual(result.order);
  });

  it.each([
    ['an amendment', { limitPrice: '51' }, 3],
    ['an amendment back', { quantity: '2' }, 3],
  ])('and followed by another write is recognized as made: %s', async (_, next, version) => {
    const { place, owner, amend, order } = await open('57.200');
    const orderId = await place(restingBuy);
    const { flow: faulty, http } = exchange.connect();
    http.script(
      'TransactWriteItems',
      loseResponse(),
      after(() => amend(orderId, next), forgetToken()),
    );

    const result = await faulty.amendOrder({ orderId, owner, amendment: { quantity: '3', expectedVersion: 1 } });

    expect(result).toMatchObject({ replayed: false, order: { version } });
    await expect(order(orderId)).resolves.toStrictEqual(result.order);
  });

  it('and followed by the fill of the order is no refusal', async () => {
    const { place, owner, amend, tick } = await open('57.200');
    const orderId = await place(restingBuy);
    const { flow: faulty, http } = exchange.connect();
    http.script(
      'TransactWriteItems',
      loseResponse(),
      after(async () => {
        await tick(2, '49.000');
        await refusalOf(amend(orderId, { quantity: '9' }));
      }, forgetToken()),
    );

    const result = await faulty.amendOrder({ orderId, owner, amendment: { quantity: '3' } });

    expect(result).toMatchObject({ replayed: false, order: { status: 'COMPLETED', quantityMinor: 3_000_000n } });
  });

  it('is sent again where the request was lost, and derived anew where another write came first', async () => {
    const { place, owner, amend } = await open('57.200');
    const orderId = await place(restingBuy);
    const { flow: faulty, http } = exchange.connect();
    http.script(
      'TransactWriteItems',
      loseRequest(),
      after(() => amend(orderId, { limitPrice: '51' })),
    );

    const { order, replayed } = await faulty.amendOrder({ orderId, owner, amendment: { quantity: '3' } });

    expect(replayed).toBe(false);
    expect(order).toMatchObject({
      version: 3,
      quantityMinor: 3_000_000n,
      limitPriceMinor: 51_000n,
      heldMinor: 15_300n,
    });
  });

  it('is OUTCOME_UNKNOWN where it stays unknown; repeated, it is a replay or is made', async () => {
    const { place, owner, amend, order } = await open('57.200');
    const orderId = await place(restingBuy);
    const late = landLate();
    const { flow: faulty, http } = exchange.connect();
    http.script('TransactWriteItems', ...Array.from({ length: 20 }, () => late));

    const error = await refusalOf(faulty.amendOrder({ orderId, owner, amendment: { quantity: '3' } }));
    await late.release();
    const repeat = await amend(orderId, { quantity: '3', expectedVersion: 1 });

    expect(error).toMatchObject({ code: 'OUTCOME_UNKNOWN', details: { operation: 'amendOrder', orderId } });
    expect(repeat).toMatchObject({ replayed: true, order: { version: 2, heldMinor: 15_000n } });
    await expect(order(orderId)).resolves.toStrictEqual(repeat.order);
    expect(at(1)).toBe(repeat.order.updatedAt);
  });
});
