import { request } from 'node:http';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The ids of all containers that carry the label, running or not. @throws Error when the answer is no list of containers. */
async function findContainers(address: DockerAddress, label: string): Promise<string[]> {
  const filters = encodeURIComponent(JSON.stringify({ label: [label] }));
  const body = await dockerRequest(address, { method: 'GET', path: `/containers/json?all=1&filters=${filters}` });

  const ids = containerIdsIn(body);
  if (ids === undefined) throw new Error('What Docker answered is no list of containers.');
  return ids;
}

function containerIdsIn(body: string): string[] | undefined {
  try {
    const ids = (JSON.parse(body) as { readonly Id: unknown }[]).map(({ Id }) => Id);

    return ids.every(isContainerId) ? ids : undefined;
  } catch {
    return undefined;
  }
}

/** An id goes into the path of a request, where nothing else may. */
const isContainerId = (id: unknown): id is string => typeof id === 'string' && /^\w+$/.test(id);

/** Ends and removes all containers that carry the label, with their volumes; there may be none. */
export async function removeContainers(address: DockerAddress, label: string): Promise<void> {
  for (const id of await findContainers(address, label)) {
    await dockerRequest(address, { method: 'DELETE', path: `/containers/${id}?force=1&v=1` });
  }
}

const TIMEOUT_MS = 10_000;

/**
 * Asks the Docker daemon directly over its socket, which is quicker than a client and tells at once when nobody is there.
 *
 * @throws Error when the daemon does not answer in time, or not with a 2xx status.
 */
export function dockerRequest(
  address: DockerAddress,
  call: { method: 'GET' | 'DELETE'; path: string; timeoutMs?: number },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { ...address, method: call.method, path: call.path, headers: { host: 'docker' }, agent: false },
      (response) => {
        let body = '';
        const status = response.statusCode ?? 0;

        response.setEncoding('utf8').on('data', (text: string) => (body += text));
        response.once('error', reject);
        response.once('end', () => {
          clearTimeout(timer);
          if (status >= 200 && status < 300) resolve(body);
          else reject(new Error(`Docker answered ${status} to ${call.method} ${call.path}: ${body.trim()}`));
        });
      },
    );
    const timeoutMs = call.timeoutMs ?? TIMEOUT_MS;
    const timer = setTimeout(() => {
      sent.destroy(new Error(`no answer within ${timeoutMs} ms`));
    }, timeoutMs);

    sent.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    sent.end();
  });
}

/** Where a Docker daemon listens, as options of Node's `http.request`. */
export type DockerAddress = { readonly socketPath: string } | { readonly host: string; readonly port: number };

/**
 * Finds where the Docker daemon listens, in the places where Testcontainers looks: `DOCKER_HOST`, the system's socket,
 * the sockets of a rootless daemon and of Docker Desktop.
 *
 * @throws Error when `DOCKER_HOST` is neither a socket nor a TCP address.
 */
export function findDockerAddress(env: NodeJS.ProcessEnv, exists = existsSync): DockerAddress | undefined {
  const { DOCKER_HOST: dockerHost, XDG_RUNTIME_DIR: runtimeDir } = env;

  if (dockerHost) return parseDockerHost(dockerHost);

  const socketPath = [
    '/var/run/docker.sock',
    ...(runtimeDir ? [join(runtimeDir, 'docker.sock')] : []),
    join(homedir(), '.docker/run/docker.sock'),
    join(homedir(), '.docker/desktop/docker.sock'),
  ].find((path) => exists(path));

  return socketPath === undefined ? undefined : { socketPath };
}

function parseDockerHost(dockerHost: string): DockerAddress {
  const url = URL.canParse(dockerHost) ? new URL(dockerHost) : undefined;

  if (url?.protocol === 'unix:') return { socketPath: url.pathname };
  if (url?.protocol === 'tcp:' || url?.protocol === 'http:') {
    return { host: url.hostname, port: Number(url.port || '2375') };
  }
  throw new Error(`DOCKER_HOST '${dockerHost}' is neither unix:// nor tcp://`);
}
