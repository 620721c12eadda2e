import { parseInput } from '@cnop/validation';
import fastifySwagger, { type SwaggerTransform, type SwaggerTransformObject } from '@fastify/swagger';
import fastifySwaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifySchema, FastifySchemaCompiler } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { jsonSchemaTransform, jsonSchemaTransformObject, serializerCompiler } from 'fastify-type-provider-zod';
import type * as z from 'zod';
import { describeDocument, replays } from './describe-document.ts';
import { noBody, noQuery, takeAnyInput } from './input-schemas.ts';
import { type ProblemKind, problemResponse, problemSchemas } from './problem-schemas.ts';

/** What the plugin `openApi` takes. */
export interface OpenApiOptions {
  readonly title: string;
  /** Of the API, such as `1.0.0`. */
  readonly version: string;
  /** Markdown. */
  readonly description?: string;
  /** Whether there is the page `/docs`. Its files are read from the package, which a bundle does not have. Default true. */
  readonly page?: boolean;
  /** Errors of your own, by code, beside those of the libraries. */
  readonly problems?: Readonly<Record<string, ProblemKind>>;
}

/**
 * A plugin with the routes `GET /openapi.json`, an OpenAPI 3.1 document of the routes that are added after it, and `GET /docs`, a page
 * (Swagger UI) that shows it and tries it out, unless told otherwise. All that the page needs comes from the service itself.
 *
 * Needs the plugin `zodSchemas`. Each route's `config.access` becomes its `security`; a problem document is its default answer. A schema
 * with a title (`.meta({ title: 'Order' })`) becomes a component of that name. A route with `schema: { hide: true }` is left out.
 */
export const openApi = fastifyPlugin<OpenApiOptions>(
  async (service: FastifyInstance, { title, version, description, page = true, problems }) => {
    await service.register(fastifySwagger, {
      openapi: {
        openapi: '3.1.0',
        info: { title, version, ...(description !== undefined && { description }) },
        components: {
          schemas: problemSchemas(problems),
          securitySchemes: { [bearerScheme]: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
        },
      },
      transform: describeRoute,
      transformObject,
    });
    service.get('/openapi.json', { config: { access: 'public' }, schema: { hide: true, querystring: noQuery } }, () =>
      service.swagger(),
    );
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
    takeAnyInput(route);
  });
  await service.register(fastifySwaggerUi, { routePrefix: '/docs', staticCSP: pagePolicy });
}

/**
 * A plugin that lets the routes of a service describe themselves by zod schemas.
 *
 * Body, query, path and headers that break a rule are VALIDATION_FAILED with a JSON pointer each. An answer that its own schema does not
 * permit is a fault of the service: 500.
 */
export const zodSchemas = fastifyPlugin(
  (service: FastifyInstance, _options, done) => {
    service.setValidatorCompiler(validatorCompiler);
    service.setSerializerCompiler(serializerCompiler);
    done();
  },
  { name: '@cnop/zod-schemas', fastify: '5.x' },
);

/** Checks an input by a zod schema. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema }) =>
  (input: unknown) => {
    try {
      return { value: parseInput(schema, input) };
    } catch (error) {
      return { error: error as Error };
    }
  };

const transformObject: SwaggerTransformObject = (document) => describeDocument(jsonSchemaTransformObject(document));

/** The name of the way to authenticate, among the components of the document. */
const bearerScheme = 'accessToken';

/** Describes one route: its zod schemas, who may use it, and that any other answer is a problem. */
const describeRoute: SwaggerTransform = (document) => {
  const { body, ...bodiless } = document.schema;
  const described = jsonSchemaTransform(body === noBody ? { ...document, schema: bodiless } : document);
  const schema: FastifySchema = { ...described.schema };
  if (schema.hide) return { ...described, schema };

  const { access, idempotent = false, replayed = idempotent } = document.route.config ?? {};
  return {
    ...described,
    schema: {
      ...schema,
      ...(idempotent && { headers: idempotencyHeader }),
      ...(replayed && { [replays]: true }),
      security: access === 'public' ? [] : [{ [bearerScheme]: [] }],
      ...(typeof access === 'object' && { 'x-roles': access.roles }),
      response: { ...(schema.response ?? plainResponse), default: problemResponse },
    },
  };
};

/** Of a route that does not declare its responses. */
const plainResponse = {
  200: { description: 'The response.', content: { 'application/json': { schema: { type: 'object' } } } },
};

const idempotencyHeader = {
  type: 'object',
  properties: {
    'Idempotency-Key': {
      type: 'string',
      pattern: '^[\\x21-\\x7E]{1,64}$',
      description:
        'A repeat with the same key and body takes effect once; the response says `Idempotency-Replayed: true`.',
    },
  },
};
