import { toOrderResponse, type OrderResponse } from '@cnop/entities-order';
import { toProblemDetails, type ProblemDetails } from '@cnop/exceptions';
import type { OrderFlow } from '@cnop/flow-order';
import type { HealthRegistry } from '@cnop/health';
import {
  fastify,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify';
import { httpProblem } from './http-problem.ts';
import { errorOfRequest, readOrderRequest } from './order-request.ts';

/** What the service is made of. */
export interface OrderServiceOptions {
  readonly flow: Pick<OrderFlow, 'placeOrder'>;
  readonly health: Pick<HealthRegistry, 'readiness'>;
  /** Fastify's own logger setting. Default: no log. */
  readonly logger?: FastifyServerOptions['logger'];
  /** How long requests that still run may take once the service closes, in milliseconds. Default 10 000. */
  readonly shutdownGraceMs?: number;
}

const bodyLimitBytes = 16_384;

/**
 * Builds the order service: `GET /health`, and `POST /orders` with a `username` beside the fields of an order.
 *
 * Errors are problem documents (RFC 9457). Whoever can reach it can trade for anyone: it authenticates nobody, so let it listen on
 * the loopback address only. `close()` lets requests end, then cuts the connections that are still open after the grace.
 */
export function buildOrderService(options: OrderServiceOptions): FastifyInstance {
  const { flow, health, logger = false, shutdownGraceMs = 10_000 } = options;
  const service = fastify({
    logger,
    bodyLimit: bodyLimitBytes,
    return503OnClosing: false,
    frameworkErrors: sendError,
  });

  service.removeContentTypeParser('text/plain');
  service.setErrorHandler(sendError);
  service.setNotFoundHandler((request, reply) => {
    sendProblem(httpProblem(404, 'There is no such route.'), request, reply);
  });
  service.addHook('preClose', (done) => {
    setTimeout(() => {
      service.server.closeAllConnections();
    }, shutdownGraceMs).unref();
    done();
  });

  service.get('/health', async (_request, reply) => {
    const report = await health.readiness();

    return await reply.code(report.status === 'fail' ? 503 : 200).send(report);
  });

  service.post('/orders', async (request, reply): Promise<OrderResponse> => {
    const { order, replayed } = await placeOrder(flow, request);

    reply.code(201);
    if (replayed) reply.header('Idempotency-Replayed', 'true');
    return toOrderResponse(order);
  });

  return service;
}

async function placeOrder(flow: OrderServiceOptions['flow'], request: FastifyRequest) {
  try {
    return await flow.placeOrder(readOrderRequest(request));
  } catch (error) {
    throw errorOfRequest(error);
  }
}

type Asked = Pick<FastifyRequest, 'id' | 'url' | 'log'>;
type Answer = Pick<FastifyReply, 'code'>;

function sendError(error: unknown, request: Asked, reply: Answer): void {
  const problem = isRefusedByFastify(error) ? httpProblem(error.statusCode, error.message) : toProblemDetails(error);

  if (problem.status >= 500) request.log.error(error);
  sendProblem(problem, request, reply);
}

/** Fastify's own refusal of a request: malformed JSON, another content type, too large a body. */
const isRefusedByFastify = (error: unknown): error is Error & { readonly statusCode: number } =>
  error instanceof Error &&
  'code' in error &&
  String(error.code).startsWith('FST_') &&
  'statusCode' in error &&
  Number(error.statusCode) < 500;

function sendProblem(problem: ProblemDetails, { url, id }: Asked, reply: Answer): void {
  const [instance] = url.split('?');

  reply
    .code(problem.status)
    .type('application/problem+json')
    .send({ ...problem, instance, requestId: id });
}
