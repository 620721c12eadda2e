import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { findUser } from '../access/access-rules.ts';
import { findProblem } from '../problems/send-problem.ts';
import { whenAnswered } from '../scope/request-scope.ts';

/**
 * A plugin that writes one line for each request, at level `info`: method, route pattern, status, duration, user, the code of a problem,
 * and whether the client went away before the answer. Never a URL, a header or a body.
 */
export const requestLogging = fastifyPlugin(
  (service: FastifyInstance, _options, done) => {
    whenAnswered(service, ({ request, route, durationMs, status, aborted }) => {
      request.log.info(
        {
          method: request.method,
          route,
          status,
          durationMs: Math.round(durationMs * 10) / 10,
          user: findUser(request)?.username,
          problem: findProblem(request)?.code,
          ...(aborted && { aborted }),
        },
        'request',
      );
    });
    done();
  },
  { name: '@cnop/request-logging', fastify: '5.x' },
);
