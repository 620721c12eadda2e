import { findIdempotencyKey, markReplayed } from '@cnop/middleware';
import { testService } from '../support/test-service.ts';

const open = { config: { access: 'public' } } as const;

async function keyed() {
  const { service } = await testService();
  service.post<{ Body: { clientOrderId?: string } | null }>('/it', open, (request, reply) => {
    const key = findIdempotencyKey(request, request.body?.clientOrderId);
    markReplayed(reply, key === 'again');
    return { key: key ?? null };
  });

  return (key: string | undefined, clientOrderId?: string) =>
    service.inject({
      method: 'POST',
      url: '/it',
      headers: key === undefined ? {} : { 'idempotency-key': key },
      payload: { clientOrderId },
    });
}

describe('findIdempotencyKey', () => {
  it.each([
    [undefined, undefined, null],
    ['k-1', undefined, 'k-1'],
    [undefined, 'o-1', 'o-1'],
    ['o-1', 'o-1', 'o-1'],
    ['!#~', undefined, '!#~'],
    ['x'.repeat(64), undefined, 'x'.repeat(64)],
  ])('finds of the header %p and the body’s %p the key %p', async (header, clientOrderId, key) => {
    const post = await keyed();

    expect((await post(header, clientOrderId)).json()).toEqual({ key });
  });

  it.each(['', 'a b', 'x'.repeat(65), 'é', 'a\tb', 'a, b'])('refuses the header %p', async (header) => {
    const post = await keyed();

    expect((await post(header)).json()).toMatchObject({
      status: 400,
      code: 'VALIDATION_FAILED',
      errors: [{ pointer: '/Idempotency-Key' }],
    });
  });

  it('refuses two keys that differ', async () => {
    const post = await keyed();

    expect((await post('k-1', 'o-1')).json()).toMatchObject({
      status: 400,
      errors: [{ pointer: '/Idempotency-Key', rule: 'mismatch' }],
    });
  });
});

describe('markReplayed', () => {
  it('marks the answer to a repeat, and no other', async () => {
    const post = await keyed();

    expect((await post('again')).headers['idempotency-replayed']).toBe('true');
    expect((await post('first')).headers).not.toHaveProperty('idempotency-replayed');
  });
});
