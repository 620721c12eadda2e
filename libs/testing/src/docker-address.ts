import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

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
