import { executeWrite } from '@cnop/database-core';
import { shardOf, type Order } from '@cnop/entities-order';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const createdAt = '2026-01-05T09:30:00.000Z';
const standing = (overrides: Partial<Order> = {}): Partial<Order> => ({
  orderType: 'LIMIT_SELL',
  status: 'QUEUED',
  limitPriceMinor: 15_100n,
  heldMinor: 10n,
  activeAsOf: '2026-01-05T09:29:59.000Z',
  expiresAt: '2026-01-05T10:15:00.000Z',
  ...overrides,
});
const all = async <TItem>(items: AsyncIterable<TItem>): Promise<TItem[]> => {
  const found: TItem[] = [];
  for await (const item of items) found.push(item);
  return found;
};
const change = (from: Order, changed: Partial<Order>) => {
  const to = { ...from, ...changed, version: from.version + 1 };
  const guard = store.orders.openOrderGuard({ from, to, writeId: store.database.ids.ulid() });
  return executeWrite(store.database, { operation: 'test', guard });
};

describe('OrderDao.dueOrders', () => {
  it('finds what a rising price makes due, the best price first and then the oldest, and nothing else', async () => {
    const assetId = 'RISE';
    const at = (limitPriceMinor: bigint, activeAsOf: string) =>
      store.seed(standing({ assetId, limitPriceMinor, activeAsOf, createdAt }));
    const late = await at(15_100n, '2026-01-05T09:29:59.000Z');
    const early = await at(15_100n, '2026-01-05T09:29:58.000Z');
    const best = await at(15_000n, '2026-01-05T09:29:59.000Z');
    await at(15_101n, '2026-01-05T09:29:58.000Z');

    const due = await all(store.orders.dueOrders({ assetId, direction: 'RISE', priceMinor: 15_100n, shard: 0 }));

    expect(due).toEqual([best, early, late]);
  });

  it('finds what a falling price makes due: buys at their limits, sells at their stops', async () => {
    const assetId = 'FALL';
    const buy = await store.seed(standing({ assetId, orderType: 'LIMIT_BUY', limitPriceMinor: 9_000n }));
    const stop = await store.seed(
      standing({ assetId, orderType: 'STOP_LOSS_SELL', limitPriceMinor: undefined, stopPriceMinor: 9_500n }),
    );
    await store.seed(standing({ assetId, orderType: 'LIMIT_BUY', limitPriceMinor: 8_999n }));

    const due = await all(store.orders.dueOrders({ assetId, direction: 'FALL', priceMinor: 9_000n, shard: 0 }));

    expect(due).toEqual([stop, buy]);
  });

  it('no longer finds an order that is over', async () => {
    const assetId = 'OVER';
    const order = await store.seed(standing({ assetId }));

    await change(order, { status: 'CANCELLED', heldMinor: 0n });

    expect(await all(store.orders.dueOrders({ assetId, direction: 'RISE', priceMinor: 99_999n, shard: 0 }))).toEqual(
      [],
    );
    expect(
      await all(store.orders.expiryEntries({ hour: '2026-01-05T10', shard: 0, upTo: '2026-01-05T10:59:59.999Z' })),
    ).not.toContainEqual(expect.objectContaining({ orderId: order.orderId }));
  });

  it('finds an order in the part in which it was written', async () => {
    const assetId = 'PARTS';
    const shards = { trigger: 8, expiry: 4 };
    const order = await store.seed(standing({ assetId }), shards);
    const shard = shardOf(order.orderId, shards.trigger);

    expect(await all(store.orders.dueOrders({ assetId, direction: 'RISE', priceMinor: 15_100n, shard }))).toEqual([
      order,
    ]);
  });
});

describe('OrderDao.trailEntries', () => {
  it('lists trailing stops by the time they began, with how far they follow', async () => {
    const trail = {
      assetId: 'TRAIL',
      orderType: 'TRAILING_STOP_SELL',
      limitPriceMinor: undefined,
      watermarkMinor: 100n,
    } as const;
    const late = await store.seed(standing({ ...trail, trailBps: 125, activeAsOf: '2026-01-05T09:30:00.000Z' }));
    const early = await store.seed(standing({ ...trail, trailAmountMinor: 7n }));
    await store.seed(standing({ ...trail, orderType: 'TRAILING_STOP_BUY', trailAmountMinor: 9n }));

    const query = { assetId: 'TRAIL', kind: 'HIGH', shard: 0 } as const;

    expect(await all(store.orders.trailEntries(query))).toEqual([
      { orderId: early.orderId, activeAsOfMs: Date.parse(early.activeAsOf ?? ''), unit: 'AMOUNT', offset: 7n },
      { orderId: late.orderId, activeAsOfMs: Date.parse(late.activeAsOf ?? ''), unit: 'BPS', offset: 125n },
    ]);
    expect(
      await all(store.orders.trailEntries({ ...query, fromMs: Date.parse('2026-01-05T09:30:00.000Z') })),
    ).toHaveLength(1);
  });
});

describe('OrderDao.expiryEntries', () => {
  it('lists what expires in an hour up to a time, that time included', async () => {
    const first = await store.seed(standing({ assetId: 'EXP', expiresAt: '2026-02-01T10:00:00.000Z' }));
    const second = await store.seed(standing({ assetId: 'EXP', expiresAt: '2026-02-01T10:30:00.000Z' }));
    await store.seed(standing({ assetId: 'EXP', expiresAt: '2026-02-01T10:30:00.001Z' }));

    const entries = await all(
      store.orders.expiryEntries({ hour: '2026-02-01T10', shard: 0, upTo: '2026-02-01T10:30:00.000Z' }),
    );

    expect(entries).toEqual(
      [first, second].map(({ orderId, assetId, expiresAt }) => ({ orderId, assetId, expiresAt })),
    );
  });
});

describe('the lists of orders that no tick fills', () => {
  it('lists what was set aside, and takes it out of the triggers', async () => {
    const assetId = 'ASIDE';
    const order = await store.seed(standing({ assetId }));

    await change(order, { setAsideAt: '2026-01-05T09:31:00.000Z', setAsideCode: 'DATABASE_ERROR' });

    const { items } = await store.orders.getOrdersSetAside({ assetId });
    expect(items).toMatchObject([{ orderId: order.orderId, setAsideCode: 'DATABASE_ERROR', heldMinor: 10n }]);
    expect(await all(store.orders.dueOrders({ assetId, direction: 'RISE', priceMinor: 99_999n, shard: 0 }))).toEqual(
      [],
    );
  });

  it('lists orders at a venue: those to route, page by page, and those to end', async () => {
    const assetId = 'VENUE';
    const at = (minute: number) => `2026-01-05T09:3${minute}:00.000Z`;
    const orders = await Promise.all(
      [0, 1, 2].map((minute) => store.seed(standing({ assetId, execution: 'VENUE', createdAt: at(minute) }))),
    );
    const [ending] = orders;
    if (!ending) throw new Error('There is no order.');
    await change(ending, { endRequested: { status: 'CANCELLED', at: at(5) } });

    const first = await store.orders.getVenueOrders({ assetId, list: 'open', limit: 1 });
    const second = await store.orders.getVenueOrders({ assetId, list: 'open', limit: 1, cursor: first.nextCursor });

    expect([...first.items, ...second.items].map(({ orderId }) => orderId)).toEqual(
      orders.slice(1).map(({ orderId }) => orderId),
    );
    expect(second.nextCursor).toBeUndefined();
    expect((await store.orders.getVenueOrders({ assetId, list: 'end' })).items).toMatchObject([
      { orderId: ending.orderId, endRequested: { status: 'CANCELLED' } },
    ]);
  });
});

describe('OrderDao.openOrderGuard', () => {
  it('changes an order once: another change of the version that was read finds it as it stands', async () => {
    const order = await store.seed(standing({ assetId: 'ONCE' }));

    const outcomes = await Promise.all([
      change(order, { status: 'CANCELLED', heldMinor: 0n }),
      change(order, { limitPriceMinor: 15_200n }),
    ]);

    expect(outcomes.map(({ replayed }) => replayed).toSorted()).toEqual([false, true]);
    expect(outcomes.find(({ replayed }) => replayed)?.item).toMatchObject({ version: 2 });
  });

  it('refuses a change that skips a version, or a step that no order takes', async () => {
    const order = await store.seed(standing());
    const guard = (to: Order) => () => store.orders.openOrderGuard({ from: order, to, writeId: 'w' });

    expect(guard({ ...order, version: 3 })).toThrow('next version');
    expect(guard({ ...order, status: 'PENDING', version: 2 })).toThrow('PENDING');
  });
});
