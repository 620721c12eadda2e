import { ConfigurationError } from '@cnop/exceptions';

/** Where a server listens, as Fastify's `listen` takes it. */
export interface ListenOptions {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly host: string;
}

/**
 * Where to listen, from `PORT` (default 3000) and `HOST` (default 127.0.0.1). An empty variable counts as missing.
 *
 * @throws {@link ConfigurationError} naming the variable that is wrong.
 */
export function listenOptionsFromEnv({ PORT, HOST }: Readonly<Record<string, string | undefined>>): ListenOptions {
  const port = PORT || '3000';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new ConfigurationError({ settings: [{ setting: 'PORT', rule: 'must be a port number' }] });
  }

  return { port: Number(port), host: HOST || '127.0.0.1' };
}
