import { createOrderEngine, type EngineObserver } from '@cnop/flow-order/engine';
import type { OrderCreate } from '@cnop/entities-order';
import { answerError, everyCall, loseResponse, staleIndex, throttle } from '@cnop/testing';
import { useTestExchange, type ExchangeProcess } from '../support/test-exchange.ts';

const exchange = useTestExchange();
const { flow, assets, orders, balances, clock } = exchange;
type World = Readonly<Record<'assetId' | 'owner', string>>;

async function opened(overrides = {}): Promise<World> {
  const assetId = await exchange.list(overrides);
  await exchange.tick(assetId, '57.200');
  const owner = await exchange.trader({ EUR: '2500.00', [assetId]: '20' });
  clock.advance(1_000);
  return { assetId, owner };
}

const place = async ({ assetId, owner }: World, fields: Record<string, unknown>) => {
  const { order } = await flow.placeOrder({ owner, order: { assetId, quantity: '2', ...fields } as OrderCreate });
  return order.orderId;
};
const tick = async ({ assetId }: World, price: string) => {
  clock.advance(1_000);
  await exchange.tick(assetId, price);
  return clock.now().toISOString();
};
const engineOf = (process: ExchangeProcess = exchange, options = {}) =>
  createOrderEngine({ database: process.database, ...options });
const statusOf = async (orderId: string) => (await orders.getOrder(orderId)).status;

describe('an engine', () => {
  it('fills at the tick that was due, however much later it comes, though the price has come back', async () => {
    const world = await opened();
    const orderId = await place(world, { orderType: 'LIMIT_BUY', limitPrice: '56' });
    await tick(world, '58');
    const dueAt = await tick(world, '55.5');
    await tick(world, '55');
    await tick(world, '60');
    clock.advance(3_600_000);

    await engineOf().workTicks(world.assetId);

    expect(await orders.getOrder(orderId)).toMatchObject({
      status: 'COMPLETED',
      fills: [{ priceMinor: 55_500n, tickAsOf: dueAt }],
    });
  });

  it('works in a backlog what follows from a fill: the exits of a bracket, the limit of a stop', async () => {
    const world = await opened();
    const entry = await place(world, {
      orderType: 'LIMIT_BUY',
      limitPrice: '56',
      exits: { takeProfitPrice: '60', stopPrice: '54' },
    });
    const stopLimit = await place(world, { orderType: 'STOP_LOSS_BUY', stopPrice: '59', limitPrice: '59.5' });
    await tick(world, '56');
    await tick(world, '59.6');
    await tick(world, '59.4');
    await tick(world, '60.5');

    await engineOf().workTicks(world.assetId);

    const [exit] = (await orders.getOrder(entry)).exits ?? [];
    expect(await orders.getOrder(exit?.orderId ?? '')).toMatchObject({ fills: [{ priceMinor: 60_500n }] });
    expect(await orders.getOrder(stopLimit)).toMatchObject({ fills: [{ priceMinor: 59_400n }] });
  });

  it('goes on from a checkpoint with the watermarks of the trails', async () => {
    const world = await opened();
    const trail = await place(world, { orderType: 'TRAILING_STOP_SELL', trailAmount: '2' });
    await tick(world, '61');
    const checkpoints = { checkpointEveryTicks: 1, checkpointEveryMs: 0 };
    await engineOf(exchange, checkpoints).workTicks(world.assetId);

    await tick(world, '60');
    const restarted = engineOf(exchange, checkpoints);
    await restarted.workTicks(world.assetId);
    expect(await flow.watermarkOf(await orders.getOrder(trail))).toMatchObject({ watermarkMinor: 61_000n });
    await tick(world, '59');
    await restarted.workTicks(world.assetId);

    expect(await orders.getOrder(trail)).toMatchObject({ fills: [{ priceMinor: 59_000n }] });
  });

  it('reports the ticks that it has worked, each once', async () => {
    const world = await opened();
    const worked: string[] = [];
    const observer: EngineObserver = { ticksWorked: ({ ticks }) => worked.push(...ticks.map(({ asOf }) => asOf)) };
    const engine = engineOf(exchange, { observer });
    await engine.workTicks(world.assetId);
    const added = [await tick(world, '58'), await tick(world, '59')];
    await engine.workTicks(world.assetId);
    await engine.workTicks(world.assetId);

    expect(worked.slice(1)).toEqual(added);
  });

  it('fills each order once, whatever number of engines works the same ticks', async () => {
    const world = await opened();
    const ids = await Promise.all(
      ['50', '51', '52', '53', '54'].map((limitPrice) => place(world, { orderType: 'LIMIT_BUY', limitPrice })),
    );
    await tick(world, '52');
    await tick(world, '49');
    const processes = [1, 2, 3].map(() => exchange.connect());

    await Promise.all(processes.map((each) => engineOf(each).workTicks(world.assetId)));
    await engineOf().workTicks(world.assetId);

    expect(await Promise.all(ids.map(statusOf))).toEqual(ids.map(() => 'COMPLETED'));
    const fills = (await Promise.all(ids.map((each) => orders.getOrder(each)))).map(
      ({ fills: [fill] }) => fill?.priceMinor,
    );
    expect(fills).toEqual([49_000n, 49_000n, 52_000n, 52_000n, 52_000n]);
  });

  it('lets orders wait while the asset is halted or its triggers are paused', async () => {
    const world = await opened();
    const stop = await place(world, { orderType: 'STOP_LOSS_SELL', stopPrice: '55' });
    const engine = engineOf();
    await assets.deactivateAsset(world.assetId);
    await tick(world, '54');
    await engine.workTicks(world.assetId);
    await assets.activateAsset(world.assetId);
    await assets.pauseTriggers(world.assetId);
    await tick(world, '53.5');
    await engine.workTicks(world.assetId);
    expect(await statusOf(stop)).toBe('QUEUED');

    await assets.resumeTriggers(world.assetId);
    await tick(world, '53');
    await engine.workTicks(world.assetId);

    expect(await orders.getOrder(stop)).toMatchObject({ fills: [{ priceMinor: 53_000n }] });
  });

  it('expires what a tick has passed before anything fires, and by the clock only after the grace', async () => {
    const world = await opened();
    const expiresAt = new Date(clock.now().getTime() + 2_000).toISOString();
    const byTick = await place(world, { orderType: 'LIMIT_BUY', limitPrice: '56', expiresAt });
    await tick(world, '57');
    await tick(world, '55');
    const engine = engineOf();
    await engine.workTicks(world.assetId);
    expect(await statusOf(byTick)).toBe('EXPIRED');

    const later = new Date(clock.now().getTime() + 60_000).toISOString();
    const byClock = await place(world, { orderType: 'LIMIT_SELL', limitPrice: '70', expiresAt: later });
    clock.advance(60_000 + 129_999);
    await engine.sweepExpiries();
    expect(await statusOf(byClock)).toBe('QUEUED');
    clock.advance(1);
    await engine.sweepExpiries();
    expect(await statusOf(byClock)).toBe('EXPIRED');
  });

  it.each([
    { where: 'in the same hour', at: '2026-03-03T10:20:00.000Z', ended: { status: 'EXPIRED' } },
    { where: 'in the next hour', at: '2026-03-03T10:59:57.000Z', ended: { status: 'EXPIRED' } },
    {
      where: 'at a venue',
      at: '2026-03-03T10:30:00.000Z',
      execution: 'VENUE',
      ended: { endRequested: { status: 'EXPIRED' } },
    },
  ])(
    'expires $where what a tick ahead of our clock has reached, and nothing else',
    async ({ at, execution, ended }) => {
      clock.set(at);
      const world = await opened({ execution });
      const inMs = (ms: number) => new Date(clock.now().getTime() + ms).toISOString();
      const asOf = inMs(4_000);
      const limit = { orderType: 'LIMIT_BUY', limitPrice: '50' };
      const reached = await place(world, { ...limit, expiresAt: asOf });
      const ahead = await place(world, { ...limit, expiresAt: inMs(4_001) });
      const engine = engineOf();
      await engine.workTicks(world.assetId);
      await engine.sweepExpiries();
      const before = await Promise.all([reached, ahead].map((orderId) => orders.getOrder(orderId)));

      await assets.setPrice({ assetId: world.assetId, price: '57', asOf, source: 'test' });
      await engine.workTicks(world.assetId);
      await engine.sweepExpiries();

      expect(before.map(({ status, endRequested }) => [status, endRequested])).toEqual([
        ['QUEUED', undefined],
        ['QUEUED', undefined],
      ]);
      expect(await orders.getOrder(reached)).toMatchObject(ended);
      expect(await orders.getOrder(ahead)).toEqual(before[1]);
    },
  );

  it('finds in a sweep what an index had shown late', async () => {
    const world = await opened();
    const process = exchange.connect();
    const found: number[] = [];
    const observer: EngineObserver = { foundLate: ({ count }) => found.push(count) };
    const engine = engineOf(process, { observer });
    process.http.use(everyCall(staleIndex({ lagMs: 3_600_000 })));
    const placeThere = async (fields: Record<string, unknown>) => {
      const order = { assetId: world.assetId, quantity: '2', ...fields } as OrderCreate;
      return (await process.flow.placeOrder({ owner: world.owner, order })).order.orderId;
    };
    const orderId = await placeThere({ orderType: 'LIMIT_BUY', limitPrice: '56' });
    const trail = await placeThere({ orderType: 'TRAILING_STOP_SELL', trailAmount: '1' });
    await tick(world, '55.9');
    await engine.workTicks(world.assetId);
    expect(await statusOf(orderId)).toBe('QUEUED');

    process.http.heal();
    await engine.sweep(world.assetId);

    expect(await statusOf(orderId)).toBe('COMPLETED');
    expect(await statusOf(trail)).toBe('COMPLETED');
    expect(found).toEqual([2]);
  });
});

describe('an execution that fails', () => {
  it('goes on with the next call, and holds up no other owner', async () => {
    const world = await opened();
    const other = { ...world, owner: await exchange.trader({ EUR: '500.00' }) };
    const first = await place(world, { orderType: 'LIMIT_BUY', limitPrice: '56.1' });
    const second = await place(other, { orderType: 'LIMIT_BUY', limitPrice: '56' });
    await tick(world, '55');
    const process = exchange.connect({ database: { retry: { maxAttempts: 1 } } });
    const engine = engineOf(process, { ownersAtOnce: 1, checkpointEveryTicks: 1 });
    process.http.script('TransactWriteItems', throttle());

    await engine.workTicks(world.assetId);
    const statuses = [await statusOf(first), await statusOf(second)];
    expect(statuses.toSorted()).toEqual(['COMPLETED', 'QUEUED']);
    await engine.workTicks(world.assetId);

    expect([await statusOf(first), await statusOf(second)]).toEqual(['COMPLETED', 'COMPLETED']);
  });

  it('of an expiry goes on with the next sweep, and the owner’s other expiries with it', async () => {
    const world = await opened();
    const expiresAt = new Date(clock.now().getTime() + 1_000).toISOString();
    const first = await place(world, { orderType: 'LIMIT_BUY', limitPrice: '56', expiresAt });
    const second = await place(world, { orderType: 'LIMIT_BUY', limitPrice: '55', expiresAt });
    clock.advance(131_000);
    const process = exchange.connect({ database: { retry: { maxAttempts: 1 } } });
    const engine = engineOf(process);
    process.http.script('TransactWriteItems', throttle());

    await engine.sweepExpiries();
    const statuses = [await statusOf(first), await statusOf(second)];
    expect(statuses).toContain('QUEUED');
    await engine.sweepExpiries();

    expect([await statusOf(first), await statusOf(second)]).toEqual(['EXPIRED', 'EXPIRED']);
  });

  it('counts as done when only its response was lost', async () => {
    const world = await opened();
    const orderId = await place(world, { orderType: 'LIMIT_BUY', limitPrice: '56' });
    await tick(world, '55');
    const process = exchange.connect();
    process.http.script('TransactWriteItems', loseResponse());

    await engineOf(process).workTicks(world.assetId);

    expect(await orders.getOrder(orderId)).toMatchObject({ status: 'COMPLETED', version: 2 });
  });

  it('sets the order aside after three failures that do not pass by themselves; it keeps its hold', async () => {
    const world = await opened();
    const orderId = await place(world, { orderType: 'LIMIT_BUY', limitPrice: '56' });
    await tick(world, '55');
    const process = exchange.connect();
    const aside: string[] = [];
    const engine = engineOf(process, {
      observer: { setAside: (order: { orderId: string }) => aside.push(order.orderId) },
    });
    const broken = answerError('ValidationException');
    process.http.script('TransactWriteItems', broken, broken, broken);

    for (let call = 1; call <= 3; call += 1) await engine.workTicks(world.assetId);

    expect(aside).toEqual([orderId]);
    expect(await orders.getOrder(orderId)).toMatchObject({
      status: 'QUEUED',
      heldMinor: 11_200n,
      setAsideCode: 'DATABASE_ERROR',
    });
    expect((await orders.getOrdersSetAside({ assetId: world.assetId })).items).toHaveLength(1);
    await flow.cancelOrder({ orderId });
    expect(await statusOf(orderId)).toBe('CANCELLED');
    expect((await balances.getBalance(world.owner, 'EUR')).openOrders).toBe(0);
  });

  it('is made good when the order is resumed, at the tick that was due, however far the engines have gone on', async () => {
    const world = await opened();
    const orderId = await place(world, { orderType: 'LIMIT_BUY', limitPrice: '56' });
    await tick(world, '55');
    const process = exchange.connect();
    const engine = engineOf(process, { checkpointEveryTicks: 1 });
    process.http.script('TransactWriteItems', ...Array.from({ length: 3 }, () => answerError('ValidationException')));
    for (let call = 1; call <= 3; call += 1) await engine.workTicks(world.assetId);
    clock.advance(1_800_000);
    await tick(world, '58');
    await engine.workTicks(world.assetId);

    await flow.resumeOrder({ orderId });

    expect(await orders.getOrder(orderId)).toMatchObject({ status: 'COMPLETED', fills: [{ priceMinor: 55_000n }] });
  });

  it('is found by the sweep of the day, though no index had shown the order for a long time', async () => {
    const world = await opened();
    const process = exchange.connect();
    const engine = engineOf(process, { checkpointEveryTicks: 1 });
    process.http.use(everyCall(staleIndex({ lagMs: 3_600_000 })));
    const order = { assetId: world.assetId, quantity: '2', orderType: 'LIMIT_BUY', limitPrice: '56' } as const;
    const { orderId } = (await process.flow.placeOrder({ owner: world.owner, order })).order;
    await tick(world, '55');
    await engine.workTicks(world.assetId);
    clock.advance(1_800_000);
    await tick(world, '58');
    await engine.workTicks(world.assetId);
    process.http.heal();
    await engine.sweep(world.assetId);
    expect(await statusOf(orderId)).toBe('QUEUED');

    await engine.sweepDay(world.assetId);

    expect(await orders.getOrder(orderId)).toMatchObject({ fills: [{ priceMinor: 55_000n }] });
  });

  it('is found by a full reading of the trails, though no index had shown it for a long time', async () => {
    const world = await opened();
    const process = exchange.connect();
    const outcomes: string[] = [];
    const engine = engineOf(process, {
      observer: { executed: ({ outcome }: { outcome: string }) => outcomes.push(outcome) },
    });
    process.http.use(everyCall(staleIndex({ lagMs: 3_600_000 })));
    const order = { assetId: world.assetId, quantity: '2', orderType: 'TRAILING_STOP_SELL' } as const;
    const placeThere = async (trailAmount: string) =>
      (await process.flow.placeOrder({ owner: world.owner, order: { ...order, trailAmount } })).order.orderId;
    const [reached, waits] = [await placeThere('1'), await placeThere('20')];
    await tick(world, '56');
    await engine.workTicks(world.assetId);
    clock.advance(1_800_000);
    await tick(world, '58');
    await engine.workTicks(world.assetId);
    process.http.heal();
    expect(await statusOf(reached)).toBe('QUEUED');

    await engine.reload(world.assetId);

    expect(await orders.getOrder(reached)).toMatchObject({ fills: [{ priceMinor: 56_000n }] });
    expect(await statusOf(waits)).toBe('QUEUED');
    expect(outcomes).toEqual(['COMPLETED']);
  });
});

describe('an engine that runs while shards are raised', () => {
  it('finds trailing stops in the new ones', async () => {
    const world = await opened();
    const engine = engineOf();
    await engine.workTicks(world.assetId);
    const { termsVersion } = await assets.getAsset(world.assetId);
    const changes = { triggerShards: 8, triggerReadShards: 8 };
    await assets.updateAsset({ assetId: world.assetId, expectedVersion: termsVersion, changes });
    const ids: string[] = [];
    for (let count = 0; count < 4; count += 1)
      ids.push(await place(world, { orderType: 'TRAILING_STOP_SELL', trailAmount: '1' }));

    await tick(world, '56');
    await engine.workTicks(world.assetId);

    expect(await Promise.all(ids.map(statusOf))).toEqual(ids.map(() => 'COMPLETED'));
  });

  it('drops trailing stops that are over when it reads all of them', async () => {
    const world = await opened();
    const mirrored: number[] = [];
    const engine = engineOf(exchange, {
      observer: { ticksWorked: ({ trails }: { trails: number }) => mirrored.push(trails) },
    });
    const orderId = await place(world, { orderType: 'TRAILING_STOP_SELL', trailAmount: '30' });
    await tick(world, '57');
    await engine.workTicks(world.assetId);
    await flow.cancelOrder({ orderId });
    clock.advance(600_000);
    await tick(world, '57.1');
    await tick(world, '57.2');
    await engine.workTicks(world.assetId);

    await engine.reload(world.assetId);
    await tick(world, '57.3');
    await engine.workTicks(world.assetId);

    expect([mirrored[0], mirrored.at(-1)]).toEqual([1, 0]);
  });
});
