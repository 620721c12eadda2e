import { findIdempotencyKey, markReplayed } from '@cnop/middleware';
import { testService } from '../support/test-service.ts';

async function keyed(header: string | undefined, clientOrderId?: string) {
  const { service } = await testService();
  service.post('/move', { config: { access: 'public' } }, (request, reply) => {
    markReplayed(reply, clientOrderId === 'again');
    return { key: findIdempotencyKey(request, clientOrderId) };
  });

  return await service.inject({
    method: 'POST',
    url: '/move',
    headers: header === undefined ? {} : { 'idempotency-key': header },
  });
}

describe('findIdempotencyKey', () => {
  it.each([
    [undefined, undefined, undefined],
    ['k-1', undefined, 'k-1'],
    [undefined, 'k-1', 'k-1'],
    ['k-1', 'k-1', 'k-1'],
    ['!~', undefined, '!~'],
  ])('reads the header %p and the field %p as %p', async (header, field, key) => {
    expect((await keyed(header, field)).json()).toEqual({ ...(key !== undefined && { key }) });
  });

  it.each([
    ['k-1', 'k-2', 'mismatch'],
    ['two words', undefined, 'invalid_format'],
    ['', undefined, 'invalid_format'],
    ['x'.repeat(65), undefined, 'invalid_format'],
  ])('refuses the header %p beside the field %p', async (header, field, rule) => {
    const answer = await keyed(header, field);

    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ errors: [{ pointer: '/Idempotency-Key', rule }] });
  });
});

describe('markReplayed', () => {
  it('says so of a replay alone', async () => {
    expect((await keyed(undefined, 'again')).headers['idempotency-replayed']).toBe('true');
    expect((await keyed(undefined)).headers).not.toHaveProperty('idempotency-replayed');
  });
});
