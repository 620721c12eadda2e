import type { FastifyInstance, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { httpProblemOf } from '../problems/http-problem.ts';
import { parseJsonBody } from './parse-json-body.ts';

/** What the plugin `jsonBodies` takes. */
export interface JsonBodiesOptions {
  /** How deep objects and lists may be nested. Default 16. */
  readonly maxDepth?: number;
}

/**
 * A plugin that reads bodies as JSON in UTF-8 and as nothing else; any other content type, charset or coding is 415.
 *
 * Refused with VALIDATION_FAILED: what is no UTF-8 or no JSON, a name twice in one object, `__proto__` and `constructor`, nesting
 * beyond `maxDepth`, half a surrogate pair. The size is limited by the server's `bodyLimit` (413).
 */
export const jsonBodies = fastifyPlugin<JsonBodiesOptions>(
  (service: FastifyInstance, { maxDepth = 16 }, done) => {
    service.removeAllContentTypeParsers();
    service.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, next) => {
      try {
        assertPlainCoding(request);
        next(null, parseJsonBody(body, maxDepth));
      } catch (error) {
        next(error as Error);
      }
    });
    done();
  },
  { name: '@cnop/json-bodies', fastify: '5.x' },
);

function assertPlainCoding({ headers }: FastifyRequest): void {
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  const coding = headers['content-encoding'] ?? 'identity';

  if (charset.toLowerCase() !== 'utf-8' || coding !== 'identity') throw unsupportedMedia();
}

/** As Fastify itself refuses a content type that it does not know. */
function unsupportedMedia(): Error {
  const { status, detail } = httpProblemOf(415);

  return Object.assign(new Error(detail), { code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE', statusCode: status });
}
