import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { problemDetails, openApi, zodSchemas } from '@cnop/middleware';
import { z } from 'zod';
import { plainServer } from '../support/plain-server.ts';
import { testService } from '../support/test-service.ts';

interface Operation {
  readonly security: readonly object[];
  readonly responses: Readonly<Record<string, object>>;
  readonly requestBody?: object;
  readonly parameters?: readonly object[];
  readonly 'x-roles'?: readonly string[];
}

interface Document {
  readonly openapi: string;
  readonly info: object;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

async function describedService() {
  const test = await testService({ openApi: { title: 'Orders', version: '1.2.3', description: 'What *orders* are.' } });
  const order = z.object({ orderId: z.uuid(), price: z.string().optional(), status: z.enum(['QUEUED', 'COMPLETED']) });
  test.service.post(
    '/v1/orders',
    {
      config: { access: 'authenticated' },
      schema: {
        summary: 'Place an order',
        tags: ['orders'],
        body: z.strictObject({ assetId: z.string() }),
        response: { 201: order },
      },
    },
    (_request, reply) => {
      reply.code(201);
      return { orderId: '0'.repeat(8) + '-0000-4000-8000-000000000000', status: 'QUEUED' as const };
    },
  );
  test.service.get(
    '/v1/orders/:orderId',
    {
      config: { access: 'public' },
      schema: {
        params: z.object({ orderId: z.uuid() }),
        querystring: z.strictObject({ limit: z.coerce.number().optional() }),
        response: { 200: z.array(order) },
      },
    },
    () => [],
  );
  test.service.post('/v1/orders/:orderId/refund', { config: { access: { roles: ['ADMIN'] } } }, () => ({}));
  const document = (await test.service.inject('/openapi.json')).json<Document>();

  return { ...test, document };
}

describe('openApi', () => {
  it('describes the routes in a document that is valid', async () => {
    const { document } = await describedService();

    const program = join(__dirname, '../support/validate-open-api.ts');
    const verdict = execFileSync(process.execPath, [program], { input: JSON.stringify(document), encoding: 'utf8' });

    expect(verdict).toBe('valid\n');
    expect(document.openapi).toBe('3.1.0');
    expect(document.info).toEqual({ title: 'Orders', version: '1.2.3', description: 'What *orders* are.' });
    expect(Object.keys(document.paths).sort()).toEqual([
      '/health',
      '/health/live',
      '/health/ready',
      '/v1/orders',
      '/v1/orders/{orderId}',
      '/v1/orders/{orderId}/refund',
    ]);
  });

  it('says who may use a route', async () => {
    const { paths } = (await describedService()).document;

    expect(paths['/v1/orders']?.['post']?.security).toEqual([{ accessToken: [] }]);
    expect(paths['/v1/orders/{orderId}']?.['get']?.security).toEqual([]);
    expect(paths['/v1/orders/{orderId}/refund']?.['post']).toMatchObject({
      security: [{ accessToken: [] }],
      'x-roles': ['ADMIN'],
    });
  });

  it('takes bodies, parameters and answers from the schemas, and has a problem as every other answer', async () => {
    const { paths, components } = (await describedService()).document;
    const problem = { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };

    expect(paths['/v1/orders']?.['post']).toMatchObject({
      requestBody: {
        content: {
          'application/json': {
            schema: { type: 'object', required: ['assetId'], additionalProperties: false },
          },
        },
      },
      responses: {
        201: { content: { 'application/json': { schema: { required: ['orderId', 'status'] } } } },
        default: problem,
      },
    });
    expect(paths['/v1/orders/{orderId}']?.['get']?.parameters).toEqual([
      expect.objectContaining({ in: 'query', name: 'limit' }),
      expect.objectContaining({ in: 'path', name: 'orderId', required: true }),
    ]);
    expect(paths['/v1/orders/{orderId}/refund']?.['post']?.responses).toMatchObject({ 200: {}, default: problem });
    expect(components.schemas['Problem']).toMatchObject({
      required: expect.arrayContaining(['code', 'detail']) as unknown,
    });
  });

  it('describes the problems as they are', async () => {
    const { service, document } = await describedService();
    const { required, properties } = document.components.schemas['Problem'] as {
      required: string[];
      properties: Record<string, object>;
    };
    service.log.level = 'silent';

    for (const [method, url] of [
      ['POST', '/v1/orders'],
      ['GET', '/v1/orders/x'],
      ['PUT', '/v1/orders'],
      ['GET', '/nowhere'],
    ] as const) {
      const members = Object.keys((await service.inject({ method, url })).json<object>());

      expect(members).toEqual(expect.arrayContaining(required));
      expect(Object.keys(properties)).toEqual(expect.arrayContaining(members));
    }
  });

  it('can be used without the rest', async () => {
    const { service } = plainServer();
    await service.register(problemDetails);
    await service.register(zodSchemas);
    await service.register(openApi, { title: 'Small', version: '1' });
    service.get('/it', () => ({}));

    expect((await service.inject('/openapi.json')).json()).toMatchObject({ paths: { '/it': { get: {} } } });
  });
});

describe('GET /docs', () => {
  it('is a page whose scripts, styles and document all come from the service', async () => {
    const { service } = await describedService();

    const page = await service.inject('/docs');
    const links = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link = '']) => link);
    const answers = await Promise.all(links.map((link) => service.inject(link)));

    expect(page.headers['content-type']).toContain('text/html');
    expect(links.length).toBeGreaterThanOrEqual(5);
    expect(links.every((link) => link.startsWith('/docs/'))).toBe(true);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(links.map(() => 200));
    expect((await service.inject('/docs/json')).json()).toEqual((await service.inject('/openapi.json')).json());
  });

  it('permits no script but its own, and no other origin', async () => {
    const { service } = await describedService();

    const page = await service.inject('/docs');

    expect(page.headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(page.body).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|https?:\/\//);
  });

  it.each(['/docs/../package.json', '/docs/static/..%2f..%2fpackage.json', '/docs/static/%2e%2e/index.js'])(
    'serves no file beside its own: %s',
    async (url) => {
      const { service } = await describedService();

      expect([400, 403, 404]).toContain((await service.inject(url)).statusCode);
    },
  );
});
