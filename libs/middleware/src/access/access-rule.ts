/**
 * Who may use a route: anyone (`public`), whoever is logged in (`authenticated`), or users of these roles.
 *
 * @example
 * service.post('/v1/assets', { config: { access: { roles: ['ADMIN'] } } }, handler);
 */
export type AccessRule = 'public' | 'authenticated' | { readonly roles: readonly [string, ...string[]] };

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may use the route. A route without a rule stops the start of the service. */
    access?: AccessRule;
  }
}

/** Whether a route's setting is a rule; a word that is none of ours, or an empty list of roles, is not. */
export function isAccessRule(setting: unknown): setting is AccessRule {
  if (setting === 'public' || setting === 'authenticated') return true;

  const { roles } = Object(setting) as { readonly roles?: unknown };
  return Array.isArray(roles) && roles.length > 0 && roles.every((role) => typeof role === 'string' && role !== '');
}
