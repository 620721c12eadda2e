import { execFile, execFileSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { databaseObserver, runInSpan } from '@cnop/middleware';
import { startTracing } from '@cnop/middleware/tracing';
import { context, propagation, SpanKind, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';
import { testService } from '../support/test-service.ts';
import { testTracer } from '../support/test-tracer.ts';

const open = { config: { access: 'public' } } as const;
const request = { operation: 'TransactWriteItems', tableNames: ['orders'] };

/** A service whose route calls a database within a step, and what the database tells. */
async function tracedService(tracer?: Tracer) {
  const { service } = await testService({ tracer });
  const observer = databaseObserver({ tracer });
  service.post('/v1/orders/:orderId', open, async () => {
    await runInSpan(tracer, 'placeOrder', async () => {
      await wait(1);
      observer.onRequest?.(request)?.({ outcome: 'conflict', durationMs: 1 });
      observer.onRequest?.(request)?.({ outcome: 'ok', durationMs: 1 });
    });
    return {};
  });
  service.get('/fault', open, async () => {
    await runInSpan(tracer, 'step', () => Promise.reject(new TypeError('secret')));
  });

  return service;
}

describe('requestSpans', () => {
  it('leads from the caller through the request and its step to the database', async () => {
    const { tracer, find, spans } = testTracer();
    const service = await tracedService(tracer);
    const traceId = 'a'.repeat(32);

    await service.inject({
      method: 'POST',
      url: '/v1/orders/4711?x=1',
      headers: { traceparent: `00-${traceId}-${'b'.repeat(16)}-01`, 'x-request-id': 'r-1' },
      payload: {},
    });

    const server = find('POST /v1/orders/:orderId');
    const step = find('placeOrder');
    const database = find('DynamoDB.TransactWriteItems');
    expect(spans().every((span) => span.spanContext().traceId === traceId)).toBe(true);
    expect(spans()).toHaveLength(4);
    expect(server.parentSpanContext?.spanId).toBe('b'.repeat(16));
    expect(step.parentSpanContext?.spanId).toBe(server.spanContext().spanId);
    expect(database.parentSpanContext?.spanId).toBe(step.spanContext().spanId);
    expect(server).toMatchObject({
      kind: SpanKind.SERVER,
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/v1/orders/:orderId',
        'http.response.status_code': 200,
        'cnop.request.id': 'r-1',
      },
    });
    expect(database).toMatchObject({
      kind: SpanKind.CLIENT,
      status: { code: SpanStatusCode.ERROR, message: 'conflict' },
      attributes: {
        'db.system.name': 'aws.dynamodb',
        'db.operation.name': 'TransactWriteItems',
        'aws.dynamodb.table_names': ['orders'],
      },
    });
  });

  it('marks what failed, and tells no message', async () => {
    const { tracer, find, spans } = testTracer();
    const service = await tracedService(tracer);

    await service.inject('/fault');
    await service.inject('/nowhere');

    expect(find('GET /fault').status).toEqual({ code: SpanStatusCode.ERROR });
    expect(find('step').status).toEqual({ code: SpanStatusCode.ERROR, message: 'TypeError' });
    expect(find('GET').attributes).toMatchObject({ 'http.response.status_code': 404 });
    expect(
      JSON.stringify(spans().map(({ name, attributes, events, status }) => ({ name, attributes, events, status }))),
    ).not.toContain('secret');
  });

  it('keeps many requests at once apart', async () => {
    const { tracer, spans } = testTracer();
    const service = await tracedService(tracer);
    const origin = await service.listen({ port: 0, host: '127.0.0.1' });
    const headers = { 'content-type': 'application/json' };

    await Promise.all(
      Array.from({ length: 10 }, () => fetch(`${origin}/v1/orders/1`, { method: 'POST', headers, body: '{}' })),
    );

    const traceIds = spans().map((span) => span.spanContext().traceId);
    const sizes = [...new Set(traceIds)].map((id) => traceIds.filter((other) => other === id).length);
    expect(sizes).toEqual(Array(10).fill(4));
  });

  it('does nothing at all where there is no tracer', async () => {
    const calls = [
      jest.spyOn(context, 'with'),
      jest.spyOn(context, 'active'),
      jest.spyOn(propagation, 'extract'),
      jest.spyOn(trace, 'getTracer'),
      jest.spyOn(trace, 'setSpan'),
      jest.spyOn(trace, 'getSpan'),
    ];
    const service = await tracedService();

    expect((await service.inject({ method: 'POST', url: '/v1/orders/1', payload: {} })).statusCode).toBe(200);
    expect((await service.inject('/fault')).statusCode).toBe(500);

    for (const call of calls) expect(call).not.toHaveBeenCalled();
    expect(service.hasPlugin('@cnop/request-spans')).toBe(false);
    jest.restoreAllMocks();
  });
});

describe('startTracing', () => {
  it.each([{}, { OTEL_EXPORTER_OTLP_ENDPOINT: '' }])('starts nothing with the environment %p', (env) => {
    const setContext = jest.spyOn(context, 'setGlobalContextManager');

    expect(startTracing({ serviceName: 'test', env })).toBeUndefined();

    expect(setContext).not.toHaveBeenCalled();
    jest.restoreAllMocks();
  });

  it.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', '/', '/v1/traces'],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', '/custom/path', '/custom/path'],
  ])('sends the spans to %s, under the name of the service', async (variable, path, expected) => {
    const { origin, received } = await startCollector();

    const output = await sendSpan({ [variable]: `${origin}${path}`, OTEL_SERVICE_NAME: '' });

    expect(output).toBe('sent');
    expect(received.map(({ url }) => url)).toEqual([expected]);
    const [
      {
        resourceSpans: [sent],
      },
    ] = received.map(({ body }) => body) as [Sent];
    const [inner, outer] = sent.scopeSpans[0].spans;
    expect([inner?.name, outer?.name]).toEqual(['inner', 'outer']);
    expect(inner?.parentSpanId).toBe(outer?.spanId);
    expect(sent.resource.attributes).toEqual([{ key: 'service.name', value: { stringValue: 'test' } }]);
  });

  it('takes the name that the environment gives', async () => {
    const { origin, received } = await startCollector();

    await sendSpan({ OTEL_EXPORTER_OTLP_ENDPOINT: origin, OTEL_SERVICE_NAME: 'renamed' });

    expect(JSON.stringify(received)).toContain('"renamed"');
  });

  it('stops though nobody listens', async () => {
    expect(
      await sendSpan({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_EXPORTER_OTLP_TIMEOUT: '500' }),
    ).toBe('sent');
  });

  it('sends nothing where no endpoint is named', async () => {
    expect(await sendSpan({})).toBe('nothing to send');
  });
});

/** As much of what the exporter sends as the tests look at. */
interface Sent {
  readonly resourceSpans: readonly [
    {
      readonly resource: { readonly attributes: readonly object[] };
      readonly scopeSpans: readonly [
        {
          readonly spans: readonly { readonly name: string; readonly spanId: string; readonly parentSpanId?: string }[];
        },
      ];
    },
  ];
}

const collectors: Server[] = [];
afterEach(() => {
  for (const collector of collectors.splice(0)) collector.close().closeAllConnections();
});

/** A collector of spans, which keeps what it is sent. */
async function startCollector() {
  const received: { readonly url: string | undefined; readonly body: unknown }[] = [];
  const collector = createServer((incoming, response) => {
    void json(incoming).then((body) => {
      received.push({ url: incoming.url, body });
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  collectors.push(collector);
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));

  return { origin: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`, received };
}

async function sendSpan(env: NodeJS.ProcessEnv): Promise<string> {
  const program = join(__dirname, '../support/send-span.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=@cnop/source', program], { env });

  return stdout.trim();
}

describe('the SDK of OpenTelemetry', () => {
  it('is loaded by the entry point tracing alone', () => {
    const loadedBy = (entry: string) =>
      execFileSync(
        process.execPath,
        [
          '--conditions=@cnop/source',
          '--input-type=module',
          '--eval',
          `import { registerHooks } from 'node:module';
         const seen = new Set();
         registerHooks({ resolve: (name, context, next) => (seen.add(name), next(name, context)) });
         await import('${entry}');
         console.log([...seen].filter((name) => name.startsWith('@opentelemetry/')).sort().join());`,
        ],
        { cwd: __dirname, encoding: 'utf8' },
      ).trim();

    expect(loadedBy('@cnop/middleware')).toBe('@opentelemetry/api');
    expect(loadedBy('@cnop/middleware/tracing')).toContain('@opentelemetry/sdk-trace');
  });
});
