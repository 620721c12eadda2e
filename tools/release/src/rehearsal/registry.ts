import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { runServer } from 'verdaccio';
import { registrySettings, type RegistryOptions } from './registry-settings.ts';

/** A private registry within this process, and one user's token for it. */
export interface Registry {
  /** Ends with a slash. */
  readonly url: string;
  readonly token: string;
  stop(): Promise<void>;
}

/** Starts a private registry on a free port of the loopback interface. It ends with this process, however that ends. */
export async function startRegistry(options: RegistryOptions): Promise<Registry> {
  await mkdir(options.folder, { recursive: true });
  const server = (await runServer(registrySettings(options))) as Server;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/`;

  return {
    url,
    token: await register(url, 'release'),
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Makes a user and answers with a token of hers. */
async function register(url: string, name: string): Promise<string> {
  const response = await fetch(`${url}-/user/org.couchdb.user:${name}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password: randomBytes(24).toString('hex') }),
  });
  const { token } = (await response.json()) as { readonly token?: string };

  if (token === undefined) throw new Error(`The registry gave no token, but ${response.status}.`);
  return token;
}

/** Who may not publish, and how she tries. */
const strangers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'without a token': {},
  'with a forged token': { authorization: 'Bearer forged' },
  'with a wrong password': { authorization: `Basic ${Buffer.from('release:wrong').toString('base64')}` },
};

/**
 * Sees that the registry takes no package from strangers, and shows them none.
 *
 * @throws when it answers a stranger with anything but 401 or 403.
 */
export async function refusesStrangers(url: string, packageName: string): Promise<readonly string[]> {
  const address = `${url}${encodeURIComponent(packageName)}`;
  const document = { _id: packageName, name: packageName, 'dist-tags': {}, versions: {}, _attachments: {} };
  const answers: string[] = [];

  for (const [how, headers] of Object.entries(strangers)) {
    const body = JSON.stringify(document);
    const publish = await fetch(address, {
      method: 'PUT',
      headers: { ...headers, 'content-type': 'application/json' },
      body,
    });
    const read = await fetch(address, { headers });

    for (const [deed, { status }] of [['publish', publish] as const, ['read', read] as const]) {
      if (status !== 401 && status !== 403) throw new Error(`The registry answers a ${deed} ${how} with ${status}.`);
      answers.push(`${deed} ${how}: ${status}`);
    }
  }
  return answers;
}
