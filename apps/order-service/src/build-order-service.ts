import { toOrderResponse, type OrderResponse } from '@cnop/entities-order';
import { toProblemDetails, ValidationError } from '@cnop/exceptions';
import type { OrderFlow } from '@cnop/flow-order';
import type { HealthRegistry } from '@cnop/health';
import { fastify, type FastifyError, type FastifyInstance, type FastifyServerOptions } from 'fastify';

/** What the service is made of. */
export interface OrderServiceOptions {
  readonly flow: OrderFlow;
  readonly health: HealthRegistry;
  /** Fastify's own logger setting. Default: no log. */
  readonly logger?: FastifyServerOptions['logger'];
}

const bodyLimitBytes = 16_384;

/**
 * Builds the order service: `GET /health`, and `POST /orders` with a `username` beside the fields of an order.
 *
 * Errors are problem documents (RFC 9457). Whoever can reach it can trade for anyone: it authenticates nobody, so let it listen on
 * the loopback address only.
 */
export function buildOrderService({ flow, health, logger = false }: OrderServiceOptions): FastifyInstance {
  const service = fastify({ logger, bodyLimit: bodyLimitBytes });

  service.setErrorHandler<FastifyError>(async (error, request, reply) => {
    const problem = isRequestFault(error) ? requestProblem(error) : toProblemDetails(error);
    if (problem.status >= 500) request.log.error(error);

    return await reply
      .code(problem.status)
      .type('application/problem+json')
      .send({ ...problem, instance: request.url.split('?')[0], requestId: request.id });
  });

  service.setNotFoundHandler(async (request, reply) => {
    return await reply
      .code(404)
      .type('application/problem+json')
      .send({ type: 'about:blank', title: 'Not Found', status: 404, requestId: request.id });
  });

  service.get('/health', async (_request, reply) => {
    const report = await health.readiness();

    return await reply.code(report.status === 'fail' ? 503 : 200).send(report);
  });

  service.post('/orders', async (request, reply): Promise<OrderResponse> => {
    const { username, ...order } = bodyOf(request.body);
    const idempotencyKey = request.headers['idempotency-key'];
    const result = await flow.placeOrder({
      username: username as string,
      order: order as Parameters<OrderFlow['placeOrder']>[0]['order'],
      ...(typeof idempotencyKey === 'string' && { idempotencyKey }),
    });

    reply.code(201);
    if (result.replayed) reply.header('Idempotency-Replayed', 'true');
    return toOrderResponse(result.order);
  });

  return service;
}

/** What the flow checks field by field has to be an object first. */
function bodyOf(body: unknown): Record<string, unknown> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;

  throw new ValidationError({ issues: [{ pointer: '', rule: 'object', message: 'The body must be a JSON object.' }] });
}

/** Fastify's own refusal of a request: malformed JSON, too large a body, another content type. */
const isRequestFault = ({ statusCode, code }: FastifyError): boolean =>
  statusCode !== undefined && statusCode >= 400 && statusCode < 500 && code.startsWith('FST_');

const requestProblem = ({ statusCode = 400, code, message }: FastifyError) => ({
  type: 'about:blank',
  title: message,
  status: statusCode,
  code,
});
