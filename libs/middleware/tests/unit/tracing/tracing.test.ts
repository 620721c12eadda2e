import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { databaseObserver, runInSpan } from '@cnop/middleware';
import { startTracing } from '@cnop/middleware/tracing';
import { context, propagation, SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { testService } from '../../support/test-service.ts';

const exporter = new InMemorySpanExporter();
const tracer = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }).getTracer('test');

/** What a collector of spans gets from a process that traces with this environment. */
async function collectFrom(envOf: (url: string) => NodeJS.ProcessEnv) {
  const bodies: Promise<string>[] = [];
  const paths: (string | undefined)[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    paths.push(request.url);
    bodies.push(text(request));
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const env = { ...process.env, ...envOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`) };
  // The exporter loads a part of itself by import(), which a test's own realm cannot.
  const main = join(__dirname, '../../support/trace-main.ts');
  const child = spawn(process.execPath, ['--conditions=@cnop/source', main], { env, stdio: 'inherit' });

  const [code] = (await once(child, 'close')) as [number];
  server.close();
  return { code, paths, sent: (await Promise.all(bodies)).join('\n') };
}

async function traced(serviceTracer: Tracer) {
  const { service } = await testService({ tracer: serviceTracer });
  const { onRequest } = databaseObserver({ tracer: serviceTracer });
  service.post(
    '/v1/orders/:id',
    { config: { access: 'public' } },
    async () =>
      await runInSpan(serviceTracer, 'placeOrder', async () => {
        onRequest?.({ operation: 'TransactWriteItems', tableNames: ['users', 'orders'] })?.({
          outcome: 'conflict',
          durationMs: 1,
        });
        onRequest?.({ operation: 'TransactWriteItems', tableNames: ['users'] })?.({ outcome: 'ok', durationMs: 1 });
        return { ok: true };
      }),
  );
  service.get(
    '/broken',
    { config: { access: 'public' } },
    async () =>
      await runInSpan(serviceTracer, 'fails', async () => {
        throw new RangeError('secret of the inside');
      }),
  );
  return service;
}

beforeEach(() => {
  exporter.reset();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
});
afterEach(() => {
  context.disable();
  propagation.disable();
});

describe('spans', () => {
  it('go from the request through the flow to the database, children of the caller’s', async () => {
    const service = await traced(tracer);
    const traceId = '0af7651916cd43dd8448eb211c80319c';

    await service.inject({
      method: 'POST',
      url: '/v1/orders/7',
      headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` },
      payload: { some: 'body' },
    });

    const spans = exporter.getFinishedSpans();
    const named = (name: string) => spans.find((span) => span.name === name);
    const request = named('POST /v1/orders/:id');
    const flow = named('placeOrder');
    const calls = spans.filter(({ name }) => name === 'DynamoDB.TransactWriteItems');
    expect(spans.map((span) => span.spanContext().traceId)).toEqual(spans.map(() => traceId));
    expect(request).toMatchObject({ kind: SpanKind.SERVER, parentSpanContext: { spanId: 'b7ad6b7169203331' } });
    expect(request?.attributes).toMatchObject({ 'http.route': '/v1/orders/:id', 'http.response.status_code': 200 });
    expect(flow?.parentSpanContext?.spanId).toBe(request?.spanContext().spanId);
    expect(calls.map(({ parentSpanContext }) => parentSpanContext?.spanId)).toEqual(
      [1, 2].map(() => flow?.spanContext().spanId),
    );
    expect(calls.map(({ attributes, status }) => [attributes['cnop.outcome'], status.code])).toEqual([
      ['conflict', SpanStatusCode.ERROR],
      ['ok', SpanStatusCode.UNSET],
    ]);
    expect(calls[0]?.attributes['aws.dynamodb.table_names']).toEqual(['users', 'orders']);
  });

  it('tell of a failure its kind, and nothing of what it says', async () => {
    const service = await traced(tracer);

    await service.inject('/broken');
    await service.inject('/nowhere');

    const spans = exporter.getFinishedSpans();
    expect(spans.map(({ name, status }) => [name, status])).toEqual([
      ['fails', { code: SpanStatusCode.ERROR, message: 'RangeError' }],
      ['GET /broken', { code: SpanStatusCode.ERROR }],
      ['GET', { code: SpanStatusCode.UNSET }],
    ]);
    expect(JSON.stringify(spans.map(({ attributes, events }) => ({ attributes, events })))).not.toContain('secret');
  });
});

describe('startTracing', () => {
  it('sends spans to the collector that the environment names', async () => {
    const { code, paths, sent } = await collectFrom((url) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: `${url}/` }));

    expect(code).toBe(0);
    expect(paths).toEqual(['/v1/traces']);
    expect(sent).toContain('"trace-main"');
    expect(sent).toContain('"step"');
  });

  it('takes the address of traces as it is, and the name that the environment gives', async () => {
    const { paths, sent } = await collectFrom((url) => ({
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${url}/own`,
      OTEL_SERVICE_NAME: 'named',
    }));

    expect(paths).toEqual(['/own']);
    expect(sent).toContain('"named"');
  });

  it('stops when there is nothing to send', async () => {
    const tracing = startTracing({ serviceName: 'x', url: 'http://127.0.0.1:9/v1/traces' });

    await expect(tracing.stop()).resolves.toBeUndefined();
  });
});

describe('runInSpan', () => {
  it('only calls the action where there is no tracer', async () => {
    expect(await runInSpan(undefined, 'step', async () => 1)).toBe(1);
  });
});
