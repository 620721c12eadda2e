import fastifySwagger from '@fastify/swagger';
import fastifySwaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { bearerScheme, describeRoute } from './describe-route.ts';
import { problemSchema } from './problem-schema.ts';

/** What the plugin `openApi` takes. */
export interface OpenApiOptions {
  readonly title: string;
  /** Of the API, such as `1.0.0`. */
  readonly version: string;
  /** Markdown. */
  readonly description?: string;
  /** Whether there is the page `/docs`. Its files are read from the package, which a bundle does not have. Default true. */
  readonly page?: boolean;
}

/**
 * A plugin with the routes `GET /openapi.json`, an OpenAPI 3.1 document of the routes that are added after it, and `GET /docs`, a page
 * (Swagger UI) that shows it and tries it out, unless told otherwise. All that the page needs comes from the service itself.
 *
 * Needs the plugin `zodSchemas`. Each route's `config.access` becomes its `security`; a problem document is its default answer. A route
 * with `schema: { hide: true }` is left out.
 */
export const openApi = fastifyPlugin<OpenApiOptions>(
  async (service: FastifyInstance, { title, version, description, page = true }) => {
    await service.register(fastifySwagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title, version, ...(description !== undefined && { description }) },
        components: {
          schemas: { Problem: structuredClone(problemSchema) as object },
          securitySchemes: { [bearerScheme]: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
        },
      },
      transform: describeRoute,
      transformObject: jsonSchemaTransformObject,
    });
    service.get('/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, () => service.swagger());
    if (page) await service.register(docsPage);
  },
  { name: '@cnop/open-api', fastify: '5.x', dependencies: ['@cnop/zod-schemas'] },
);

/** The page loads scripts, styles and data from its own origin only. It styles elements from within, hence `unsafe-inline` for styles. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

async function docsPage(service: FastifyInstance): Promise<void> {
  service.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: 'public' };
  });
  await service.register(fastifySwaggerUi, { routePrefix: '/docs', staticCSP: pagePolicy });
}
