import { sharedErrors } from '@cnop/exceptions';
import type { FastifyInstance, RouteOptions } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import * as z from 'zod';

/** The `querystring` of a route that takes no parameters: each one is refused. */
export const noQuery: z.ZodType<Readonly<Record<string, never>>> = z.strictObject({});

/** The `body` of a route that takes none: no body and an empty object are the same, and each field is refused. */
export const noBody: z.ZodType<Readonly<Record<string, never>> | null | undefined> = z.strictObject({}).nullish();

/** Lets a route of another package, whose query and body mean nothing to us, take any. */
export function takeAnyInput(route: RouteOptions): void {
  const anything = takesBody(route) ? { querystring: {}, body: {} } : { querystring: {} };

  route.schema = { ...route.schema, ...anything };
  route.validatorCompiler = () => () => true;
}

/** Fastify reads no body for these. */
const bodilessMethods = new Set(['GET', 'HEAD', 'TRACE']);

/**
 * A plugin that stops the start of a service that has a route without a schema for its query, or for the body that its method may have,
 * naming all of them: what no schema knows would be ignored silently, and a client would believe that it took effect.
 *
 * Schemas are looked for when all plugins are loaded, so a plugin may still set them for the routes it adds.
 */
export const inputSchemas = fastifyPlugin(
  (service: FastifyInstance, _options, done) => {
    const routes: RouteOptions[] = [];

    service.addHook('onRoute', (route) => {
      routes.push(route);
    });
    service.addHook('onReady', (next) => {
      const settings = routes.flatMap(missingSchemas);

      next(settings.length > 0 ? new sharedErrors.ConfigurationError({ settings }) : undefined);
    });
    done();
  },
  { name: '@cnop/input-schemas', fastify: '5.x' },
);

const takesBody = ({ method }: RouteOptions): boolean =>
  [method].flat().some((name) => !bodilessMethods.has(name.toUpperCase()));

function missingSchemas(route: RouteOptions) {
  const { method, url, schema } = route;
  const of = `of ${[method].flat().join(',')} ${url}`;

  return [
    ...(schema?.querystring ? [] : [{ setting: `schema.querystring ${of}`, rule: 'must be a schema, or noQuery' }]),
    ...(schema?.body || !takesBody(route)
      ? []
      : [{ setting: `schema.body ${of}`, rule: 'must be a schema, or noBody' }]),
  ];
}
