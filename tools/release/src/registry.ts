import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { runServer } from 'verdaccio';

/** A private registry within this process, and one user's token for it. */
export interface Registry {
  /** Ends with a slash. */
  readonly url: string;
  readonly token: string;
  /** The status of a request for a package, with the token or as a stranger; with a body, of a publication. */
  readonly ask: (name: string, options: { readonly token?: string; readonly body?: string }) => Promise<number>;
  /** Logs a user in, or adds one that the registry does not know. */
  readonly logIn: (name: string, password: string) => Promise<Response>;
  readonly stop: () => Promise<void>;
}

/**
 * Verdaccio as a team would run it: nobody reads or publishes without a token, and the scope is never asked for elsewhere, so that no
 * package of the same name in another registry can take its place. Other packages come from `upstream`, the registry that npm uses.
 */
export async function startRegistry(folder: string, upstream: Readonly<Record<string, string>>): Promise<Registry> {
  const { registry, cafile } = upstream;
  const server = (await runServer({
    configPath: join(folder, 'config.yaml'),
    storage: join(folder, 'storage'),
    auth: { htpasswd: { file: join(folder, 'htpasswd'), max_users: 1, algorithm: 'bcrypt', rounds: 4 } },
    uplinks: {
      upstream: {
        url: registry,
        maxage: '1h',
        timeout: '60s',
        max_fails: 100,
        ...(cafile !== undefined && { ca: readFileSync(cafile, 'utf8') }),
      },
    },
    packages: {
      '@cnop/*': { access: '$authenticated', publish: '$authenticated', unpublish: 'nobody' },
      '**': { access: '$authenticated', publish: 'nobody', unpublish: 'nobody', proxy: 'upstream' },
    },
    web: { enable: false },
    // As JSON it is written by this process; the default format opens the file in a thread, perhaps when the folder is gone.
    log: { type: 'file', path: join(folder, 'registry.log'), level: 'info', format: 'json' },
  })) as Server;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const put = { method: 'PUT', headers: { 'content-type': 'application/json' } };
  const logIn: Registry['logIn'] = (name, password) =>
    fetch(`${url}-/user/org.couchdb.user:${name}`, { ...put, body: JSON.stringify({ name, password }) });
  const response = await logIn('release', randomBytes(24).toString('hex'));

  return {
    url,
    token: ((await response.json()) as { token: string }).token,
    logIn,
    ask: async (name, { token, body }) => {
      const headers = { ...put.headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) };
      const { status } = await fetch(`${url}${name.replace('/', '%2F')}`, {
        method: body === undefined ? 'GET' : 'PUT',
        headers,
        ...(body !== undefined && { body }),
      });
      return status;
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
