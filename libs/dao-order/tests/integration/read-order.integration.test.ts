import { refusalOf } from '@cnop/testing';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { orders } = store;
const unknownId = '0190f1d4-5c3e-7a10-8b2f-3d6c1e5a9b70';

describe('OrderDao.findOrder and getOrder', () => {
  it('find an order by its id, written in any case', async () => {
    const order = await store.seed();

    expect(await orders.getOrder(order.orderId)).toEqual(order);
    expect(await orders.findOrder(order.orderId.toUpperCase())).toEqual(order);
  });

  it('find it for its owner, compared exactly', async () => {
    const order = await store.seed();

    expect(await orders.getOrder(order.orderId, { owner: order.owner })).toEqual(order);
    expect(await orders.findOrder(order.orderId, { owner: order.owner.toUpperCase() })).toBeUndefined();
  });

  it('do not find it for another user', async () => {
    const { orderId } = await store.seed();

    const refusal = await refusalOf(orders.getOrder(orderId, { owner: 'mallory' }));

    expect(refusal).toMatchObject({ code: 'ORDER_NOT_FOUND', details: { orderId } });
    expect(await orders.findOrder(orderId, { owner: 'mallory' })).toBeUndefined();
  });

  it('tell an absent order as the same', async () => {
    const refusal = await refusalOf(orders.getOrder(unknownId, { owner: 'mallory' }));

    expect(refusal).toMatchObject({ code: 'ORDER_NOT_FOUND', details: { orderId: unknownId } });
    expect(await orders.findOrder(unknownId)).toBeUndefined();
  });

  it.each(['', '#', `${unknownId}#ORDER`, `ORDER#${unknownId}`, '../1', unknownId.slice(1)])(
    'refuse %p as an order id',
    async (orderId) => {
      const codes = [
        (await refusalOf(orders.findOrder(orderId))).code,
        (await refusalOf(orders.getOrder(orderId))).code,
        (await refusalOf(orders.updateOrderStatus({ orderId, status: 'CANCELLED' }))).code,
        (await refusalOf(orders.updateOrder({ orderId, expectedVersion: 1, changes: { note: 'x' } }))).code,
      ];

      expect(new Set(codes)).toEqual(new Set(['VALIDATION_FAILED']));
    },
  );

  it('refuse an empty name and an unknown option rather than show anybody’s order', async () => {
    const { orderId } = await store.seed();

    expect(await refusalOf(orders.getOrder(orderId, { owner: '' }))).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(await refusalOf(orders.getOrder(orderId, { user: 'bob' } as object))).toMatchObject({
      code: 'VALIDATION_FAILED',
    });
  });

  it('read what was just written', async () => {
    const { orderId } = await store.seed({ status: 'PENDING' });

    for (let version = 1; version <= 20; version += 1) {
      await orders.updateOrder({ orderId, expectedVersion: version, changes: { note: `version ${version + 1}` } });
      expect(await orders.getOrder(orderId)).toMatchObject({ version: version + 1 });
    }
  });
});

describe('OrderDao.getOrdersByIds', () => {
  it('gives the orders in the order of their ids, each once, without those that do not exist', async () => {
    const [one, other] = [await store.seed(), await store.seed()];

    const found = await orders.getOrdersByIds([
      other.orderId,
      unknownId,
      one.orderId.toUpperCase(),
      other.orderId,
      one.orderId,
    ]);

    expect(found).toEqual([other, one]);
    expect(await orders.getOrdersByIds([])).toEqual([]);
  });

  it('refuses what is no order id', async () => {
    const refusal = await refusalOf(orders.getOrdersByIds([unknownId, '#']));

    expect(refusal).toMatchObject({
      code: 'VALIDATION_FAILED',
      details: { issues: [expect.objectContaining({ pointer: '/1' })] },
    });
  });
});
