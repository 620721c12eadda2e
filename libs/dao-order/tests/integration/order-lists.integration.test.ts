import type { Page } from '@cnop/database-core';
import type { Order } from '@cnop/entities-order';
import { encodeCursor } from '@cnop/utils';
import { refusalOf } from '@cnop/testing';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { orders } = store;

type ListPage = (page: { limit: number; cursor?: string }) => Promise<Page<Order>>;

/** Every page of a list. */
async function pagesOf(list: ListPage, limit: number): Promise<string[][]> {
  const pages: string[][] = [];
  let cursor: string | undefined;

  do {
    const page = await list({ limit, cursor });
    pages.push(page.items.map(({ orderId }) => orderId));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return pages;
}

/** Orders of one user, each a second after the one before; newest first. */
async function seedHistory(owner: string, changes: readonly Partial<Order>[]): Promise<Order[]> {
  const history: Order[] = [];

  for (const change of changes) {
    store.clock.advance(1_000);
    history.unshift(await store.seed({ owner, ...change }));
  }
  return history;
}

const idsOf = (history: readonly Order[]) => history.map(({ orderId }) => orderId);

describe('the lists of OrderDao', () => {
  it('give a user’s orders newest first, and nobody else’s', async () => {
    const owner = store.freshOwner();
    const history = await seedHistory(owner, [{ status: 'PENDING' }, { assetId: 'MSFT' }, {}]);
    await store.seed();

    const { items, nextCursor } = await orders.getOrdersByUser({ owner });

    expect(items).toEqual(history);
    expect(nextCursor).toBeUndefined();
  });

  it('tell assets apart whose ids begin alike', async () => {
    const owner = store.freshOwner();
    const assetIds = ['A', 'AA', 'A.B', 'A-B', 'A', 'B', 'AA', 'A'];
    const history = await seedHistory(
      owner,
      assetIds.map((assetId) => ({ assetId })),
    );

    for (const assetId of new Set(assetIds)) {
      const { items } = await orders.getOrdersByUserAndAsset({ owner, assetId });
      expect(items).toEqual(history.filter((order) => order.assetId === assetId));
    }
    expect((await orders.getOrdersByUserAndAsset({ owner, assetId: 'C' })).items).toEqual([]);
  });

  it('give a user’s orders in one status', async () => {
    const owner = store.freshOwner();
    const statuses = ['PENDING', 'COMPLETED', 'PENDING', 'FAILED'] as const;
    const history = await seedHistory(
      owner,
      statuses.map((status) => ({ status })),
    );

    const { items } = await orders.getOrdersByUserAndStatus({ owner, status: 'PENDING' });

    expect(items).toEqual(history.filter(({ status }) => status === 'PENDING'));
  });

  it('give a user’s orders by asset and status together, each part of which may be left out', async () => {
    const owner = store.freshOwner();
    const history = await seedHistory(owner, [
      { assetId: 'A', status: 'PENDING' },
      { assetId: 'A', status: 'FAILED' },
      { assetId: 'AA', status: 'PENDING' },
      { assetId: 'A', status: 'PENDING' },
    ]);
    const wanted: [Partial<Pick<Order, 'assetId' | 'status'>>, number[]][] = [
      [{}, [0, 1, 2, 3]],
      [{ assetId: 'A' }, [0, 2, 3]],
      [{ status: 'PENDING' }, [0, 1, 3]],
      [{ assetId: 'A', status: 'PENDING' }, [0, 3]],
      [{ assetId: 'A', status: 'COMPLETED' }, []],
    ];

    for (const [filter, places] of wanted) {
      const { items } = await orders.getOrders({ owner, ...filter });
      expect(items).toEqual(places.map((place) => history[place]));
    }
  });

  it('page through orders by asset and status, and take no cursor of another list', async () => {
    const owner = store.freshOwner();
    const statuses = ['PENDING', 'FAILED', 'PENDING', 'PENDING', 'FAILED', 'PENDING'] as const;
    const history = await seedHistory(
      owner,
      statuses.map((status) => ({ status })),
    );
    const wanted = idsOf(history.filter(({ status }) => status === 'PENDING'));
    const filter = { owner, assetId: 'AAPL', status: 'PENDING' } as const;

    const pages = await pagesOf((page) => orders.getOrders({ ...filter, ...page }), 3);
    const { nextCursor } = await orders.getOrders({ ...filter, limit: 1 });

    expect(pages).toEqual([wanted.slice(0, 3), wanted.slice(3)]);
    for (const other of [
      { status: undefined },
      { assetId: undefined },
      { status: 'FAILED' },
      { assetId: 'A' },
    ] as const) {
      const { code } = await refusalOf(orders.getOrders({ ...filter, ...other, cursor: nextCursor }));
      expect(code).toBe('CURSOR_INVALID');
    }
  });

  it.each([1, 2, 3, 7, 8])('page through orders of one instant by %i, each once', async (limit) => {
    const owner = store.freshOwner();
    const history = await Promise.all(Array.from({ length: 7 }, () => store.seed({ owner, status: 'PENDING' })));
    const lists: ListPage[] = [
      (page) => orders.getOrdersByUser({ owner, ...page }),
      (page) => orders.getOrdersByUserAndAsset({ owner, assetId: 'AAPL', ...page }),
      (page) => orders.getOrdersByUserAndStatus({ owner, status: 'PENDING', ...page }),
    ];

    for (const list of lists) {
      const pages = await pagesOf(list, limit);

      expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
      expect(pages).toHaveLength(Math.ceil(7 / limit));
      expect(pages.flat().sort()).toEqual(idsOf(history).sort());
    }
  });

  it('page in order over other assets and statuses in between', async () => {
    const owner = store.freshOwner();
    const mixed = ['A', 'B', 'A', 'AA', 'B', 'A', 'A'].map((assetId) => ({ assetId }));
    const history = await seedHistory(owner, mixed);
    const wanted = idsOf(history.filter(({ assetId }) => assetId === 'A'));

    const pages = await pagesOf((page) => orders.getOrdersByUserAndAsset({ owner, assetId: 'A', ...page }), 3);

    expect(pages).toEqual([wanted.slice(0, 3), wanted.slice(3)]);
  });

  it('go on after an order that has left the list', async () => {
    const owner = store.freshOwner();
    const history = await seedHistory(
      owner,
      [{}, {}, {}, {}].map(() => ({ status: 'PENDING' as const })),
    );
    const list: ListPage = (page) => orders.getOrdersByUserAndStatus({ owner, status: 'PENDING', ...page });

    const { nextCursor } = await list({ limit: 2 });
    await orders.updateOrderStatus({ orderId: history[1]!.orderId, status: 'CANCELLED' });
    const { items } = await list({ limit: 2, cursor: nextCursor });

    expect(idsOf(items)).toEqual(idsOf(history.slice(2)));
  });

  it('fill 50 by default and at most 100', async () => {
    const owner = store.freshOwner();
    await Promise.all(Array.from({ length: 51 }, () => store.seed({ owner })));

    expect((await orders.getOrdersByUser({ owner })).items).toHaveLength(50);
    expect(await refusalOf(orders.getOrdersByUser({ owner, limit: 101 }))).toMatchObject({
      code: 'VALIDATION_FAILED',
    });
    expect(await refusalOf(orders.getOrdersByUser({ owner, limit: 0 }))).toMatchObject({
      code: 'VALIDATION_FAILED',
    });
  });

  it.each([
    { owner: 'alice#', assetId: 'AAPL' },
    { owner: 'alice', assetId: 'AAPL#' },
    { owner: 'alice', assetId: 'AAPL', status: 'PENDING' },
    { owner: 'alice', assetId: '' },
  ])('refuse the query %p', async (query) => {
    expect((await refusalOf(orders.getOrdersByUserAndAsset(query))).code).toBe('VALIDATION_FAILED');
  });
});

describe('the cursors of OrderDao', () => {
  const arrange = async () => {
    const owner = store.freshOwner();
    await seedHistory(owner, [{}, {}, {}]);
    const { nextCursor } = await orders.getOrdersByUser({ owner, limit: 1 });

    return { owner, cursor: nextCursor! };
  };
  const codeOf = async (call: Promise<unknown>) => (await refusalOf(call)).code;

  it('do not carry the owner', async () => {
    const { owner, cursor } = await arrange();

    expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toContain(owner);
  });

  it('work with no other user, index, asset or status', async () => {
    const { owner, cursor } = await arrange();
    const other = await arrange();
    const byAsset = await orders.getOrdersByUserAndAsset({ owner, assetId: 'AAPL', limit: 1 });
    const byStatus = await orders.getOrdersByUserAndStatus({ owner, status: 'COMPLETED', limit: 1 });

    const codes = await Promise.all([
      codeOf(orders.getOrdersByUser({ owner: other.owner, cursor })),
      codeOf(orders.getOrdersByUserAndAsset({ owner, assetId: 'AAPL', cursor })),
      codeOf(orders.getOrdersByUserAndStatus({ owner, status: 'COMPLETED', cursor })),
      codeOf(orders.getOrdersByUserAndAsset({ owner, assetId: 'MSFT', cursor: byAsset.nextCursor })),
      codeOf(orders.getOrdersByUserAndStatus({ owner, status: 'PENDING', cursor: byStatus.nextCursor })),
      codeOf(orders.getOrdersByUser({ owner, cursor: byStatus.nextCursor })),
    ]);

    expect(new Set(codes)).toEqual(new Set(['CURSOR_INVALID']));
  });

  it('are refused when any character of them was changed', async () => {
    const { owner, cursor } = await arrange();
    const tampered = Array.from(cursor).map((character, index) => {
      const other = character === 'A' ? 'B' : 'A';
      return `${cursor.slice(0, index)}${other}${cursor.slice(index + 1)}`;
    });

    const codes = await Promise.all(
      [...tampered, cursor.slice(1), cursor.slice(0, -1), `${cursor}A`, '#', 'x'].map((wrong) =>
        codeOf(orders.getOrdersByUser({ owner, cursor: wrong })),
      ),
    );

    expect(new Set(codes)).toEqual(new Set(['CURSOR_INVALID']));
  });

  it.each([
    [[]],
    [['2026-01-05T09:30:00.000Z']],
    [['2026-01-05T09:30:00.000Z', '#']],
    [['2026-01-05T09:30:00.000Z', '0190F1D4-5C3E-7A10-8B2F-3D6C1E5A9B70']],
    [['2026-01-05T09:30:00Z', '0190f1d4-5c3e-7a10-8b2f-3d6c1e5a9b70']],
    [['2026-02-30T09:30:00.000Z', '0190f1d4-5c3e-7a10-8b2f-3d6c1e5a9b70']],
    [['', '0190f1d4-5c3e-7a10-8b2f-3d6c1e5a9b70']],
    [['2026-01-05T09:30:00.000Z', '0190f1d4-5c3e-7a10-8b2f-3d6c1e5a9b70', 'more']],
  ])('are refused with the position %p, though it was bound as we bind', async (position) => {
    const { owner } = await arrange();
    const cursor = encodeCursor(position, ['orders', 'byOwner', owner, '']);

    const refusal = await refusalOf(orders.getOrdersByUser({ owner, cursor }));

    expect(refusal).toMatchObject({ code: 'CURSOR_INVALID', details: { reason: 'malformed' } });
  });

  it('may name a time and an order that never were', async () => {
    const { owner } = await arrange();
    const cursor = encodeCursor(
      ['2026-01-01T00:00:00.000Z', '0190f1d4-5c3e-7a10-8b2f-3d6c1e5a9b70'],
      ['orders', 'byOwner', owner, ''],
    );

    expect(await orders.getOrdersByUser({ owner, cursor })).toEqual({ items: [] });
  });
});
