import fastifyCors from '@fastify/cors';
import fastifyHelmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { takeAnyInput } from '../open-api/input-schemas.ts';

/** What the plugin `securityHeaders` takes. */
export interface SecurityHeadersOptions {
  /** The origins whose pages may call the service from a browser. Default: none, and no CORS header at all. */
  readonly corsOrigins?: readonly string[];
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const exposedHeaders = [
  'Idempotency-Replayed',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'Retry-After',
  'X-Request-Id',
];

/**
 * A plugin that sets the headers of a service that returns data: helmet's, a content security policy that permits nothing,
 * and `Cache-Control: no-store` where a route sets none. CORS is off unless origins are named.
 */
export const securityHeaders = fastifyPlugin<SecurityHeadersOptions>(
  async (service: FastifyInstance, { corsOrigins = [] }) => {
    await service.register(fastifyHelmet, {
      contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    });
    service.addHook('onRequest', (_request, reply, next) => {
      reply.header('cache-control', 'no-store');
      next();
    });
    if (corsOrigins.length > 0) await allowOrigins(service, corsOrigins);
  },
  { name: '@cnop/security-headers', fastify: '5.x' },
);

async function allowOrigins(service: FastifyInstance, corsOrigins: readonly string[]): Promise<void> {
  service.addHook('onRoute', (route) => {
    // The route that lets Fastify take preflight requests; they carry no token.
    if (route.method !== 'OPTIONS' || route.url !== '*') return;
    route.config = { ...route.config, access: 'public' };
    takeAnyInput(route);
  });
  await service.register(fastifyCors, { origin: [...corsOrigins], methods, exposedHeaders, maxAge: 600 });
}
