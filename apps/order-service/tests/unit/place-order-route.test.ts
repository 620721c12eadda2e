import { toOrderResponse } from '@cnop/entities-order';
import { makeOrder } from '@cnop/entities-order/testing';
import { buy, fakeService } from '../support/fake-service.ts';

describe('POST /orders', () => {
  it('hands the flat body to the flow and answers 201 with the order', async () => {
    const { post, placeOrder } = fakeService();
    const order = makeOrder();
    placeOrder.mockResolvedValue({ order, replayed: false });

    const answer = await post(buy);

    const { username, ...fields } = buy;
    expect(placeOrder.mock.calls).toEqual([[{ username, order: fields }]]);
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toEqual(toOrderResponse(order));
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8' });
    expect(answer.headers).not.toHaveProperty('idempotency-replayed');
  });

  it('marks a repeat by the header Idempotency-Replayed', async () => {
    const { post, placeOrder } = fakeService();
    placeOrder.mockResolvedValue({ order: makeOrder(), replayed: true });

    const answer = await post(buy);

    expect(answer.statusCode).toBe(201);
    expect(answer.headers['idempotency-replayed']).toBe('true');
  });

  it('passes on the header Idempotency-Key, the empty one too', async () => {
    const { post, placeOrder } = fakeService();

    await post(buy, { 'idempotency-key': 'k-1' });
    await post(buy, { 'Idempotency-Key': '' });

    expect(placeOrder.mock.calls.map(([{ idempotencyKey }]) => idempotencyKey)).toEqual(['k-1', '']);
  });

  it('leaves fields that no order has to the flow, which refuses them', async () => {
    const { post, placeOrder } = fakeService();

    await post({ ...buy, price: '1', idempotencyKey: 'k-1' });

    expect(placeOrder.mock.calls[0]?.[0]).toMatchObject({ order: { price: '1', idempotencyKey: 'k-1' } });
    expect(placeOrder.mock.calls[0]?.[0]).not.toHaveProperty('idempotencyKey');
  });
});
