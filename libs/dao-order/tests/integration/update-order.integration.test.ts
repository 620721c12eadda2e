import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { orderKey } from '@cnop/entities-order/table';
import { makeFill } from '@cnop/entities-order/testing';
import { after, loseRequest, loseResponse, refusalOf, runParallel } from '@cnop/testing';
import { useTestStore } from '../support/test-store.ts';

const store = useTestStore();
const { orders } = store;

describe('OrderDao.updateOrder', () => {
  it('changes note and metadata and nothing else', async () => {
    const order = await store.seed({
      fills: [makeFill({ priceMinor: 10n ** 20n })],
      note: 'old',
      metadata: { a: '1' },
    });
    store.clock.advance(1_000);

    const updated = await orders.updateOrder({
      orderId: order.orderId,
      expectedVersion: 1,
      changes: { note: 'new', metadata: { b: '2', 'c.d': '3' } },
    });

    expect(updated).toEqual({
      ...order,
      note: 'new',
      metadata: { b: '2', 'c.d': '3' },
      updatedAt: store.clock.now().toISOString(),
      version: 2,
    });
    expect(await orders.getOrder(order.orderId)).toEqual(updated);
  });

  it('ignores an attribute of a later release, whatever number it is', async () => {
    const { orderId } = await store.seed();
    const { pk, sk } = orderKey(orderId);
    await store.database.writer.send(
      new UpdateItemCommand({
        TableName: store.database.tableName(ordersTableShape.name),
        Key: { pk: { S: pk }, sk: { S: sk } },
        UpdateExpression: 'SET futureRate = :rate, futureRates = :rates',
        ExpressionAttributeValues: {
          ':rate': { N: '12345678901234567890.5' },
          ':rates': { NS: ['0.1', '12345678901234567890.5'] },
        },
      }),
    );

    const updated = await orders.updateOrder({ orderId, expectedVersion: 1, changes: { note: 'new' } });

    expect(updated).toMatchObject({ note: 'new', version: 2 });
    expect(await orders.getOrder(orderId)).toEqual(updated);
    await expect(
      refusalOf(orders.updateOrder({ orderId, expectedVersion: 1, changes: { note: 'late' } })),
    ).resolves.toMatchObject({ code: 'VERSION_CONFLICT' });
  });

  it('leaves absent what is absent, and removes what is null', async () => {
    const { orderId } = await store.seed({ note: 'kept', metadata: { a: '1' } });

    const withoutMetadata = await orders.updateOrder({ orderId, expectedVersion: 1, changes: { metadata: null } });
    const bare = await orders.updateOrder({ orderId, expectedVersion: 2, changes: { note: null } });

    expect(withoutMetadata.note).toBe('kept');
    expect(withoutMetadata).not.toHaveProperty('metadata');
    expect(bare).not.toHaveProperty('note');
    expect(await store.readRaw(orderId)).not.toHaveProperty('note');
  });

  it('takes empty metadata for none of it', async () => {
    const { orderId } = await store.seed({ metadata: { a: '1' } });

    const updated = await orders.updateOrder({ orderId, expectedVersion: 1, changes: { metadata: {} } });

    expect(updated.metadata).toEqual({});
  });

  it('keeps the guard, so that a repeat of the request is still a replay', async () => {
    const draft = store.freshDraft({ clientOrderId: 'a-1' });
    const { order } = await orders.createOrder(draft);

    const updated = await orders.updateOrder({ orderId: order.orderId, expectedVersion: 1, changes: { note: 'x' } });

    expect(await orders.createOrder(draft)).toEqual({ order: updated, replayed: true });
  });

  it('refuses another version than the stored one', async () => {
    const { orderId } = await store.seed({ version: 3 });

    const refusal = await refusalOf(orders.updateOrder({ orderId, expectedVersion: 2, changes: { note: 'x' } }));

    expect(refusal).toMatchObject({
      code: 'VERSION_CONFLICT',
      details: { resource: 'order', expectedVersion: 2, currentVersion: 3 },
    });
  });

  it('refuses an order that does not exist and makes none', async () => {
    const orderId = '0190f1d4-5c3e-7a10-8b2f-3d6c1e5a9b70';

    const refusal = await refusalOf(orders.updateOrder({ orderId, expectedVersion: 1, changes: { note: 'x' } }));

    expect(refusal).toMatchObject({ code: 'ORDER_NOT_FOUND', details: { orderId } });
    expect(await store.readRaw(orderId)).toBeUndefined();
  });

  it('lets one of 16 parallel changes of one version through', async () => {
    const { orderId } = await store.seed();

    const { answers, codes } = await runParallel(16, (index) =>
      orders.updateOrder({ orderId, expectedVersion: 1, changes: { note: `note ${index}` } }),
    );

    expect(answers).toHaveLength(1);
    expect(codes).toEqual(Array.from({ length: 15 }, () => 'VERSION_CONFLICT'));
    expect(await orders.getOrder(orderId)).toEqual(answers[0]);
  });

  it.each([{}, { note: '' }, { status: 'COMPLETED' }, { heldMinor: 0n }, { metadata: { 'a b': '1' } }])(
    'refuses the changes %p',
    async (changes) => {
      const { orderId } = await store.seed();

      const refusal = await refusalOf(orders.updateOrder({ orderId, expectedVersion: 1, changes }));

      expect(refusal.code).toBe('VALIDATION_FAILED');
    },
  );
});

describe('OrderDao.updateOrder under faults', () => {
  const arrange = async () => {
    const { orderId } = await store.seed();
    const change = (note: string, expectedVersion = 1) => ({ orderId, expectedVersion, changes: { note } });

    return { orderId, change, ...store.faulty(2) };
  };

  it('knows its own change when the answer was lost', async () => {
    const { http, orders: faulty, change } = await arrange();
    http.script('UpdateItem', loseResponse());

    expect(await faulty.updateOrder(change('mine'))).toMatchObject({ note: 'mine', version: 2 });
  });

  it('refuses for certain when the one version ahead is another’s', async () => {
    const { http, orders: faulty, change } = await arrange();
    http.script(
      'UpdateItem',
      loseRequest(),
      after(() => orders.updateOrder(change('theirs'))),
    );

    const refusal = await refusalOf(faulty.updateOrder(change('mine')));

    expect(refusal).toMatchObject({ code: 'VERSION_CONFLICT', details: { currentVersion: 2 } });
  });

  it('is unknown when every answer is lost', async () => {
    const { http, orders: faulty, change, orderId } = await arrange();
    http.script('UpdateItem', loseRequest(), loseRequest());

    const { code, details } = await refusalOf(faulty.updateOrder(change('mine')));

    expect({ code, details }).toEqual({ code: 'OUTCOME_UNKNOWN', details: { operation: 'updateOrder', orderId } });
  });

  it('does not call refused what took effect and was overtaken', async () => {
    const { http, orders: faulty, change, orderId } = await arrange();
    http.script(
      'UpdateItem',
      loseResponse(),
      after(() => orders.updateOrder(change('theirs', 2))),
    );

    const refusal = await refusalOf(faulty.updateOrder(change('mine')));

    expect(refusal).toMatchObject({ code: 'OUTCOME_UNKNOWN', details: { operation: 'updateOrder', orderId } });
  });
});
