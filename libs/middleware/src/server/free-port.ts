import { once } from 'node:events';
import { createServer } from 'node:net';
import { sharedErrors } from '@cnop/exceptions';
import type { ListenOptions } from './serve.ts';

/**
 * Checks that a server can listen there, by listening for a moment: what starts before it is then not started in vain.
 *
 * @throws {@link sharedErrors.ConfigurationError} naming `PORT` or `HOST`.
 */
export async function assertCanListen({ port, host }: ListenOptions): Promise<void> {
  const server = createServer();

  try {
    await once(server.listen(port, host), 'listening');
  } catch (error) {
    throw listenError(error, port);
  }
  server.close();
  await once(server, 'close');
}

/** What a failure to listen says of the settings; any other error is itself. */
export function listenError(error: unknown, port: number): unknown {
  const { code } = Object(error) as { readonly code?: unknown };
  const setting = typeof code === 'string' ? wrongSettings[code] : undefined;
  if (!setting) return error;

  const [name, rule] = setting;
  return new sharedErrors.ConfigurationError({ settings: [{ setting: name, rule: rule(port) }] }, { cause: error });
}

const wrongSettings: Readonly<Record<string, readonly [setting: string, rule: (port: number) => string]>> = {
  EADDRINUSE: ['PORT', (port) => `must be a free port: ${port} is taken`],
  EACCES: ['PORT', (port) => `must be a port that this process may listen on: ${port} is not`],
  EADDRNOTAVAIL: ['HOST', () => 'must be an address of this machine'],
  ENOTFOUND: ['HOST', () => 'must be an address of this machine'],
};
