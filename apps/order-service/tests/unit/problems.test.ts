import {
  DatabaseError,
  InsufficientFundsError,
  OutcomeUnknownError,
  ValidationError,
  type ProblemDetails,
} from '@cnop/exceptions';
import { buy, fakeService, rejection } from '../support/fake-service.ts';

const problemType = 'application/problem+json';

describe('the problem document', () => {
  it('shows the figures of a domain error', async () => {
    const { post, placeOrder } = fakeService();
    const figures = { code: 'USD', available: '10.00', required: '12.50' };
    placeOrder.mockImplementation(rejection(new InsufficientFundsError(figures)));

    const answer = await post(buy);

    expect(answer.headers['content-type']).toContain(problemType);
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({
      type: 'urn:cnop:error:BALANCE_INSUFFICIENT',
      status: 422,
      code: 'BALANCE_INSUFFICIENT',
      retryable: false,
      details: figures,
      instance: '/orders',
      requestId: 'req-1',
    });
  });

  it('says that an unknown outcome may be repeated', async () => {
    const { post, placeOrder } = fakeService();
    placeOrder.mockImplementation(rejection(new OutcomeUnknownError({ operation: 'placeOrder', orderId: 'o-1' })));

    const answer = await post(buy);

    expect(answer.json()).toMatchObject({ code: 'OUTCOME_UNKNOWN', retryable: true, details: { orderId: 'o-1' } });
    expect(answer.statusCode).toBeGreaterThanOrEqual(500);
  });

  it.each([
    ['/username', '/username'],
    ['/order/quantity', '/quantity'],
    ['/order/order', '/order'],
    ['/order', ''],
    ['/ordered', '/ordered'],
    ['/idempotencyKey', '/Idempotency-Key'],
    ['', ''],
  ])('points for the flow’s %p to the request’s %p', async (ofFlow, ofRequest) => {
    const { post, placeOrder } = fakeService();
    const issue = { rule: 'too_small', message: 'Too small.' };
    placeOrder.mockImplementation(rejection(new ValidationError({ issues: [{ pointer: ofFlow, ...issue }] })));

    const answer = await post(buy);

    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ pointer: ofRequest, ...issue }] });
  });

  it.each([['[]'], ['null'], ['1'], ['"buy"']])('refuses the body %s, which is no object', async (body) => {
    const { post, placeOrder } = fakeService();

    const answer = await post(body);

    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ pointer: '' }] });
    expect(placeOrder).not.toHaveBeenCalled();
  });

  const json = 'application/json';
  it.each([
    { title: 'malformed JSON', body: '{"username":', contentType: json, status: 400, code: 'BAD_REQUEST' },
    { title: 'no body', body: '', contentType: json, status: 400, code: 'BAD_REQUEST' },
    {
      title: '__proto__',
      body: '{"__proto__":{"username":"ada"}}',
      contentType: json,
      status: 400,
      code: 'BAD_REQUEST',
    },
    {
      title: 'a prototype',
      body: '{"constructor":{"prototype":{}}}',
      contentType: json,
      status: 400,
      code: 'BAD_REQUEST',
    },
    { title: 'text', body: '{}', contentType: 'text/plain', status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' },
    { title: 'a form', body: 'a=b', contentType: 'multipart/form-data', status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' },
    {
      title: 'a large body',
      body: `"${'x'.repeat(16_384)}"`,
      contentType: json,
      status: 413,
      code: 'PAYLOAD_TOO_LARGE',
    },
  ])('refuses $title', async ({ body, contentType, status, code }) => {
    const { post, placeOrder } = fakeService();

    const answer = await post(body, { 'content-type': contentType });

    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toContain(problemType);
    expect(answer.json<ProblemDetails>()).toEqual({
      type: 'about:blank',
      title: expect.any(String) as string,
      status,
      code,
      detail: expect.any(String) as string,
      retryable: false,
      instance: '/orders',
      requestId: 'req-1',
    });
    expect(placeOrder).not.toHaveBeenCalled();
  });

  it.each([
    { url: '/nowhere?token=secret', status: 404, code: 'NOT_FOUND', instance: '/nowhere' },
    { url: '/orders', status: 404, code: 'NOT_FOUND', instance: '/orders' },
    { url: '/%zz', status: 400, code: 'BAD_REQUEST', instance: '/%zz' },
  ])('answers GET $url, without the query', async ({ url, status, code, instance }) => {
    const { service } = fakeService();

    const answer = await service.inject(url);

    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toContain(problemType);
    expect(answer.json()).toMatchObject({ status, code, instance });
  });

  it.each([
    ['a bug', new TypeError('secret of the inside')],
    ['a fault of the database', new DatabaseError({}, { cause: new Error('secret of the inside') })],
    ['something that is no error', 'secret of the inside'],
  ])('tells nothing of %s, and logs it', async (_title, error) => {
    const lines: string[] = [];
    const logger = { stream: { write: (line: string) => void lines.push(line) } };
    const { post, placeOrder } = fakeService({ logger });
    placeOrder.mockImplementation(rejection(error));

    const answer = await post(buy);

    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toEqual({
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      code: 'INTERNAL_ERROR',
      retryable: false,
      instance: '/orders',
      requestId: 'req-1',
    });
    expect(lines.filter((line) => line.includes('secret of the inside') && line.includes('"level":50'))).toHaveLength(
      1,
    );
  });

  it('logs no refusal as an error', async () => {
    const lines: string[] = [];
    const { post } = fakeService({ logger: { stream: { write: (line: string) => void lines.push(line) } } });

    await post('{');

    expect(lines.join('')).not.toContain('"level":50');
  });
});
