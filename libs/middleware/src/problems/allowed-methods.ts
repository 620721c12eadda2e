import type { FastifyInstance } from 'fastify';
import findMyWay, { type Instance, type HTTPVersion } from 'find-my-way';

/** Tells which methods a path takes. */
export type AllowedMethods = (path: string) => readonly string[];

/**
 * Notes the routes of a service as they are added; finds those of a path by the router that Fastify itself uses.
 *
 * OPTIONS does not count: where CORS is on, every path takes it.
 */
export function noteAllowedMethods(service: FastifyInstance): AllowedMethods {
  const methodsByPattern = new Map<string, Set<string>>();
  let router: Instance<HTTPVersion.V1> | undefined;

  service.addHook('onRoute', ({ url, method }) => {
    const methods = methodsByPattern.get(url) ?? new Set();

    for (const name of [method].flat()) if (name !== 'OPTIONS') methods.add(name.toUpperCase());
    if (methods.size > 0) methodsByPattern.set(url, methods);
  });
  return (path) => {
    router ??= routerOf(methodsByPattern);

    return (router.find('GET', path)?.store as readonly string[] | undefined) ?? [];
  };
}

function routerOf(methodsByPattern: ReadonlyMap<string, ReadonlySet<string>>): Instance<HTTPVersion.V1> {
  const router = findMyWay();

  for (const [pattern, methods] of methodsByPattern) {
    // One method stands for all: only the pattern is looked for.
    router.on('GET', pattern, () => undefined, [...methods].sort());
  }
  return router;
}
