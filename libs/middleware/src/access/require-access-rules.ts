import { ConfigurationError } from '@cnop/exceptions';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { isAccessRule } from './access-rule.ts';

/**
 * Stops the start of a service that has a route without an access rule, naming all of them.
 *
 * The rules are looked at when all plugins are loaded, so a plugin may still set them for the routes it adds.
 */
export function requireAccessRules(service: FastifyInstance): void {
  const routes: RouteOptions[] = [];

  service.addHook('onRoute', (route) => {
    routes.push(route);
  });
  service.addHook('onReady', (done) => {
    const open = routes.filter(({ config }) => !isAccessRule(config?.access));
    const names = open.map(({ method, url }) => `${[method].flat().join(',')} ${url}`);

    done(
      names.length > 0
        ? new ConfigurationError({
            settings: names.map((name) => ({
              setting: `config.access of ${name}`,
              rule: "must be 'public', 'authenticated' or { roles: [one or more] }",
            })),
          })
        : undefined,
    );
  });
}
