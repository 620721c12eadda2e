import { defineErrors, sharedErrors, type ErrorClass, type ProblemDetails } from '@cnop/exceptions';
import { httpProblems, problemDetails, requestScope } from '@cnop/middleware';
import * as z from 'zod';
import { plainServer } from '../support/plain-server.ts';
import { ada, testService } from '../support/test-service.ts';

const { DatabaseUnavailableError, OutcomeUnknownError, RateLimitedError } = sharedErrors;

/** The errors of a consumer's own service. */
const ownErrors = defineErrors({
  KycRequiredError: {
    code: 'KYC_REQUIRED',
    status: 422,
    title: 'The identity of the customer is not verified.',
    advice: 'Verify the identity first, then repeat the request.',
    message: ({ level }: { readonly level: number }) => `verification of level ${level} is required`,
  },
  NotOnFileError: {
    code: 'NOT_ON_FILE',
    status: 404,
    title: 'The file is missing.',
    advice: 'Check the number of the file.',
    message: ({ file }: { readonly file: string }) => `there is no file ${file}`,
  },
  WrongBadgeError: {
    code: 'BADGE_WRONG',
    status: 401,
    title: 'The badge is not valid.',
    advice: 'Show another badge.',
  },
});

const open = { config: { access: 'public' } } as const;

async function throwing(error: unknown, options: Parameters<typeof plainServer>[0] = {}) {
  const { service, log } = plainServer(options);
  await service.register(requestScope);
  await service.register(problemDetails);
  service.all('/it', () => {
    throw error;
  });
  return { service, log };
}

describe('problemDetails', () => {
  it('shows an error that a service defines itself', async () => {
    const { service } = await throwing(new ownErrors.KycRequiredError({ level: 2 }));

    const answer = await service.inject({ url: '/it?secret=1', headers: { 'x-request-id': 'r-1' } });

    expect(answer.statusCode).toBe(422);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
    });
    expect(answer.json()).toEqual({
      type: 'urn:cnop:error:KYC_REQUIRED',
      title: 'The identity of the customer is not verified.',
      status: 422,
      code: 'KYC_REQUIRED',
      detail: 'Verify the identity first, then repeat the request.',
      retryable: false,
      details: { level: 2 },
      instance: '/it',
      requestId: 'r-1',
    });
  });

  it.each(Object.entries<ErrorClass>(sharedErrors as never))('reports %s by its own status', async (_name, Shared) => {
    const { service } = await throwing(new Shared({ issues: [], settings: [] }));
    const { status, retryable } = Shared;

    const answer = await service.inject('/it');

    expect(answer.statusCode).toBe(status);
    expect(answer.json<ProblemDetails>()).toMatchObject({ status, retryable, instance: '/it' });
    expect(answer.headers['retry-after']).toBe(retryable ? '1' : undefined);
  });

  it('knows a domain error of another copy of the package', async () => {
    const error = new ownErrors.NotOnFileError({ file: 'o-1' });
    const { service } = await throwing(Object.assign(new Error('x'), error));

    expect((await service.inject('/it')).json()).toMatchObject({ status: 404, code: 'NOT_ON_FILE' });
  });

  it.each([
    [new RateLimitedError({ limit: 5, retryAfterSeconds: 17.2 }), '18'],
    [new RateLimitedError({ limit: 5, retryAfterSeconds: 0 }), '1'],
    [new OutcomeUnknownError({ operation: 'placeOrder' }), '1'],
    [new DatabaseUnavailableError({}), '1'],
  ])('says when to try again after %p', async (error, seconds) => {
    const { service } = await throwing(error);

    expect((await service.inject('/it')).headers['retry-after']).toBe(seconds);
  });

  it('says with 401 how to authenticate', async () => {
    const { service } = await throwing(new ownErrors.WrongBadgeError({}));

    const without = await service.inject('/it');
    const withToken = await service.inject({ url: '/it', headers: { authorization: 'Bearer x' } });

    expect(without.headers['www-authenticate']).toBe('Bearer');
    expect(withToken.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
  });

  it('lists what zod found', async () => {
    const schema = z.strictObject({ quantity: z.string(), lines: z.array(z.object({ 'a/b': z.number() })) });
    const { service } = await throwing(schema.safeParse({ lines: [{ 'a/b': 'x' }], role: 'ADMIN' }).error);

    const answer = await service.inject('/it');

    expect(answer.json()).toMatchObject({
      status: 400,
      code: 'VALIDATION_FAILED',
      errors: [
        { pointer: '/quantity', rule: 'invalid_type' },
        { pointer: '/lines/0/a~1b', rule: 'invalid_type' },
        { pointer: '/role', rule: 'unrecognized_keys', message: 'This field is not known.' },
      ],
    });
  });

  it('lists what a JSON schema found', async () => {
    const { service } = plainServer();
    await service.register(problemDetails);
    service.get(
      '/it',
      { schema: { querystring: { type: 'object', properties: { limit: { type: 'integer' } } } } },
      () => ({}),
    );

    const answer = await service.inject('/it?limit=x');

    expect(answer.json()).toMatchObject({
      status: 400,
      code: 'VALIDATION_FAILED',
      errors: [{ pointer: '/limit', rule: 'type', message: 'must be integer' }],
    });
  });

  it('lists what breaks the zod schemas of a route, before the handler', async () => {
    const { service } = await testService();
    const body = z.strictObject({ amount: z.string() });
    const handler = jest.fn(() => ({}));
    service.post('/v1/deposits', { ...open, schema: { body, querystring: z.strictObject({}) } }, handler);

    const answer = await service.inject({ method: 'POST', url: '/v1/deposits', payload: { status: 'COMPLETED' } });

    expect(answer.json()).toMatchObject({
      code: 'VALIDATION_FAILED',
      errors: [
        { pointer: '/amount', rule: 'invalid_type' },
        { pointer: '/status', rule: 'unrecognized_keys' },
      ],
    });
    expect(handler).not.toHaveBeenCalled();
  });

  it.each([
    [new TypeError('secret of the inside'), 'INTERNAL_ERROR'],
    ['secret of the inside', 'INTERNAL_ERROR'],
    [null, 'INTERNAL_ERROR'],
    [Object.assign(new Error('secret of the inside'), { statusCode: 404 }), 'INTERNAL_ERROR'],
    [Object.assign(new Error('secret of the inside'), { code: 'FST_ERR_X', statusCode: 500 }), 'INTERNAL_ERROR'],
    [new sharedErrors.DatabaseError({ reason: 'OTHER' }), 'INTERNAL_ERROR'],
    [
      new sharedErrors.ConfigurationError({ settings: [{ setting: 'secret of the inside', rule: 'x' }] }),
      'INTERNAL_ERROR',
    ],
  ])('tells nothing of %p, and logs it', async (error, code) => {
    const { service, log } = await throwing(error);

    const answer = await service.inject('/it');

    expect(answer.json()).toEqual({
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      code,
      detail: 'What went wrong is in the log, under the id of the request.',
      retryable: false,
      instance: '/it',
      requestId: answer.headers['x-request-id'],
    });
    expect(log.of('request failed')).toEqual([expect.objectContaining({ level: 50, route: '/it' })]);
  });

  it('warns of what fails for now, and is silent of refusals', async () => {
    const failing = await throwing(new DatabaseUnavailableError({}, { cause: new Error('ECONNREFUSED') }));
    const refusing = await throwing(new ownErrors.NotOnFileError({ file: 'o-1' }));

    await failing.service.inject('/it');
    await refusing.service.inject('/it');

    expect(failing.log.of('request failed for now')).toEqual([expect.objectContaining({ level: 40 })]);
    expect(refusing.log.raw).toEqual([]);
  });

  it('does not press a problem into the schema that the route has for the status', async () => {
    const { service } = await testService();
    const response = { 404: z.strictObject({ gone: z.boolean() }) };
    service.get('/it', { ...open, schema: { response } }, () => {
      throw new ownErrors.NotOnFileError({ file: 'o-1' });
    });

    expect((await service.inject('/it')).json()).toMatchObject({ status: 404, code: 'NOT_ON_FILE' });
  });

  it('answers an answer that breaks its own schema with 500', async () => {
    const { service, log } = await testService();
    const response = { 200: z.strictObject({ id: z.string() }) };
    service.get('/it', { ...open, schema: { response } }, () => ({ id: 7 }) as unknown as { id: string });

    const answer = await service.inject('/it');

    expect(answer.json()).toMatchObject({ status: 500, code: 'INTERNAL_ERROR' });
    expect(log.of('request failed')).toHaveLength(1);
  });

  it.each([
    { url: '/nowhere?token=secret', method: 'GET', status: 404, allow: undefined },
    { url: '/v1/orders', method: 'DELETE', status: 405, allow: 'GET, HEAD, POST' },
    { url: '/v1/orders/4711?x=1', method: 'POST', status: 405, allow: 'GET, HEAD' },
    { url: '/v1/orders/4711/x', method: 'POST', status: 404, allow: undefined },
    { url: '/health', method: 'POST', status: 405, allow: 'GET, HEAD' },
    { url: '/docs/static/nope.js', method: 'GET', status: 404, allow: undefined },
    { url: '/docs/static/nope.js', method: 'PUT', status: 405, allow: 'GET, HEAD' },
  ] as const)('answers $method $url with $status', async ({ url, method, status, allow }) => {
    const { service } = await testService({ securityHeaders: { corsOrigins: ['https://app.example'] } });
    service.get('/v1/orders', open, () => []);
    service.post('/v1/orders', open, () => ({}));
    service.get('/v1/orders/:orderId', open, () => ({}));

    const answer = await service.inject({ method, url });

    expect(answer.statusCode).toBe(status);
    expect(answer.headers.allow).toBe(allow);
    expect(answer.json()).toMatchObject({ ...httpProblems[status], instance: url.split('?')[0] });
    expect(answer.body).not.toContain('secret');
  });

  it('tells nobody whether a path exists that needs a token', async () => {
    const { service } = await testService();
    service.get('/v1/users/:username', { config: { access: { roles: ['ADMIN'] } } }, () => ada);

    const codes = await Promise.all(
      ['/v1/users/ada', '/v1/users/nobody'].map(async (url) => (await service.inject(url)).statusCode),
    );

    expect(codes).toEqual([401, 401]);
  });

  it.each([
    ['/%zz', 400],
    [`/v1/orders/${'x'.repeat(500)}`, 414],
  ])('answers what Fastify refuses before any hook: %s', async (url, status) => {
    const { service } = await testService();
    service.get('/v1/orders/:orderId', open, () => ({}));

    const answer = await service.inject({ url, headers: { 'x-request-id': 'r-1' } });

    expect(answer.statusCode).toBe(status);
    expect(answer.headers).toMatchObject({
      'x-request-id': 'r-1',
      'content-type': 'application/problem+json; charset=utf-8',
    });
    expect(answer.json()).toEqual({ ...httpProblems[status], instance: url, requestId: 'r-1' });
  });
});
