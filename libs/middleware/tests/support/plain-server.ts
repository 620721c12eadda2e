import { serverOptions, type ServerOptions } from '@cnop/middleware';
import { fastify, type FastifyInstance } from 'fastify';
import { logLines, type LogLines } from './log-lines.ts';

const opened: FastifyInstance[] = [];

/** A server with no plugin yet, and its log; closed after the test. */
export function plainServer(options: ServerOptions = {}): {
  readonly service: FastifyInstance;
  readonly log: LogLines;
} {
  const log = logLines();
  const service = fastify(serverOptions({ logging: { stream: log.stream }, ...options }));

  opened.push(service);
  return { service, log };
}

afterEach(async () => {
  for (const service of opened.splice(0)) await service.close();
});
