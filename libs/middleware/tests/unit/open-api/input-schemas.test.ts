import { inputSchemas, noBody, noQuery, zodSchemas } from '@cnop/middleware';
import { plainServer } from '../../support/plain-server.ts';
import { testService } from '../../support/test-service.ts';

interface Document {
  readonly paths: Readonly<Record<string, { readonly post?: object }>>;
}

const config = { access: 'public' } as const;

async function server() {
  const { service } = plainServer();
  await service.register(zodSchemas);
  await service.register(inputSchemas);
  return service;
}

describe('inputSchemas', () => {
  it('stops the start of a service that has routes without schemas of what may be sent, and names them', async () => {
    const service = await server();
    service.get('/list', () => 'x');
    service.post('/refund', { schema: { querystring: noQuery } }, () => 'x');
    service.post('/suspend', { schema: { body: noBody } }, () => 'x');
    service.get('/fine', { schema: { querystring: noQuery } }, () => 'x');

    await expect(service.ready()).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      details: {
        settings: [
          { setting: 'schema.querystring of GET /list', rule: 'must be a schema, or noQuery' },
          { setting: 'schema.querystring of HEAD /list' },
          { setting: 'schema.body of POST /refund', rule: 'must be a schema, or noBody' },
          { setting: 'schema.querystring of POST /suspend' },
        ],
      },
    });
  });

  it.each([
    { payload: undefined, url: '/refund', status: 200 },
    { payload: {}, url: '/refund', status: 200 },
    { payload: { amount: '5.00' }, url: '/refund', status: 400 },
    { payload: undefined, url: '/refund?dryRun=true', status: 400 },
  ])('a route that takes neither body nor query returns $status to $url with $payload', async (request) => {
    const service = await server();
    service.post('/refund', { schema: { body: noBody, querystring: noQuery } }, () => ({ ok: true }));

    const { url, payload, status } = request;

    expect((await service.inject({ method: 'POST', url, ...(payload && { payload }) })).statusCode).toBe(status);
  });

  it('lets preflight requests and the page /docs take any query', async () => {
    const origin = 'https://app.example';
    const { service } = await testService({ securityHeaders: { corsOrigins: [origin] } });
    service.post('/v1/orders', { config, schema: { body: noBody, querystring: noQuery } }, () => ({}));

    const preflight = await service.inject({
      method: 'OPTIONS',
      url: '/v1/orders?x=1',
      headers: { origin, 'access-control-request-method': 'POST' },
    });

    expect(preflight.statusCode).toBe(204);
    expect((await service.inject('/docs/static/index.css?v=1')).statusCode).toBe(200);
  });

  it('says nothing of a body in the OpenAPI document where there is none', async () => {
    const { service } = await testService();
    service.post('/v1/refund', { config, schema: { body: noBody, querystring: noQuery } }, () => ({}));

    const { paths } = (await service.inject('/openapi.json')).json<Document>();

    expect(Object.keys(paths['/v1/refund']?.post ?? {})).toEqual(['security', 'responses']);
  });
});
