import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';

/** Of these Node takes the first line and drops the others, where a proxy in front may have taken the last. */
const singleNames = new Set(['host', 'authorization', 'content-type']);

/**
 * A plugin that refuses a request with two lines of `Host`, `Authorization` or `Content-Type`: 400 BAD_REQUEST.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9112#section-3.2}
 */
export const singleHeaders = fastifyPlugin(
  (service: FastifyInstance, _options, done) => {
    service.addHook('onRequest', ({ raw: { rawHeaders } }, _reply, next) => {
      const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
      const repeated = names.find((name, index) => singleNames.has(name) && names.indexOf(name) !== index);

      next(repeated === undefined ? undefined : badRequest(repeated));
    });
    done();
  },
  { name: '@cnop/single-headers', fastify: '5.x' },
);

/** As Fastify itself refuses a request that is not well-formed. */
const badRequest = (name: string): Error =>
  Object.assign(new Error(`The header ${name} is there twice.`), { code: 'FST_ERR_REPEATED_HEADER', statusCode: 400 });
