import { readFileSync } from 'node:fs';
import { join } from 'node:path';
/** What Verdaccio is configured with. */
export type RegistrySettings = Readonly<Record<string, unknown>>;

/** Where third-party packages come from: the registry that npm is configured with. */
export interface Upstream {
  readonly registry: string;
  /** A file of certificates, when npm has one. */
  readonly caFile?: string;
}

/** What the private registry is made of. */
export interface RegistryOptions {
  /** Its packages, its one user and its log go there. */
  readonly folder: string;
  readonly upstream: Upstream;
}

/**
 * Verdaccio as a team would run it: nobody reads or publishes without a token, and the scope is never asked for elsewhere, so that no
 * package of the same name in another registry can take its place.
 */
export function registrySettings({ folder, upstream }: RegistryOptions): RegistrySettings {
  return {
    configPath: join(folder, 'config.yaml'),
    storage: join(folder, 'storage'),
    auth: { htpasswd: { file: join(folder, 'htpasswd'), max_users: 1, algorithm: 'bcrypt', rounds: 4 } },
    uplinks: {
      upstream: {
        url: upstream.registry,
        maxage: '1h',
        timeout: '60s',
        max_fails: 100,
        ...(upstream.caFile !== undefined && { ca: readFileSync(upstream.caFile, 'utf8') }),
      },
    },
    packages: {
      '@cnop/*': { access: '$authenticated', publish: '$authenticated', unpublish: 'nobody' },
      '**': { access: '$authenticated', publish: 'nobody', unpublish: 'nobody', proxy: 'upstream' },
    },
    web: { enable: false },
    log: { type: 'file', path: join(folder, 'registry.log'), level: 'info' },
  };
}
