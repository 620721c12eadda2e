import { isIPv4, isIPv6 } from 'node:net';
import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';

/**
 * A plugin that strips ports and brackets from the addresses in `X-Forwarded-For`, as several proxies write them, before anything counts
 * by them: `203.0.113.9:4700` is the client 203.0.113.9.
 */
export const forwardedFor = fastifyPlugin(
  (service: FastifyInstance, _options, done) => {
    service.addHook('onRequest', ({ raw: { headers } }, _reply, next) => {
      const list = headers['x-forwarded-for'];
      if (typeof list === 'string') headers['x-forwarded-for'] = list.split(',').map(bareAddress).join(', ');
      next();
    });
    done();
  },
  { name: '@cnop/forwarded-for', fastify: '5.x' },
);

/** The address alone; what is no address stays as it is. */
function bareAddress(entry: string): string {
  const text = entry.trim();
  const [, v6 = ''] = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(text) ?? [];
  const [, v4 = ''] = /^([^:]+):\d{1,5}$/.exec(text) ?? [];

  if (isIPv6(v6)) return v6;
  return isIPv4(v4) ? v4 : text;
}
