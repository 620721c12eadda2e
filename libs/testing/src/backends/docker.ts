import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { homedir, hostname } from 'node:os';
import { join, resolve } from 'node:path';
import type { StartedTestContainer } from 'testcontainers';
import { guard } from '../child-process.ts';
import {
  type BackendStartOptions,
  dataPlace,
  type DynamoDbBackend,
  messageOf,
  type StartedBackend,
} from './backend.ts';
import { dockerRequest, removeContainers } from './docker-containers.ts';
import { shortLivedJvm } from './java.ts';

const PORT = 8000;
const PROBE_TIMEOUT_MS = 1_000;
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;
const DATA_PATH = '/home/dynamodblocal/data';

/** DynamoDB Local in a container, by Testcontainers; the image is pulled if Docker does not have it. */
export const dockerBackend: DynamoDbBackend = {
  name: 'docker',

  async whyUnavailable({ env }: BackendStartOptions): Promise<string | undefined> {
    const address = findDockerAddress(env);

    if (address === undefined) return 'there is no Docker socket';
    try {
      await dockerRequest(address, { method: 'GET', path: '/_ping', timeoutMs: PROBE_TIMEOUT_MS });
      return undefined;
    } catch (error) {
      return `the Docker daemon does not answer (${messageOf(error)})`;
    }
  },

  async start({ dataDir, env }: BackendStartOptions): Promise<StartedBackend> {
    const address = findDockerAddress(env);

    if (address === undefined) throw new Error('there is no Docker socket');
    // Testcontainers takes them from nowhere else; a command that is run around inherits them.
    Object.assign(process.env, await testcontainersEnvironment(env, address));

    // A label of its own finds the container even if this process is gone before Docker has answered with its id.
    const label = { key: 'cnop.dynamodb', value: randomUUID() };
    const labelText = `${label.key}=${label.value}`;
    const guardian = guard({ kind: 'containers', address, label: labelText });

    try {
      const container = await runContainer(label, dataDir);

      return {
        endpoint: `http://${container.getHost()}:${container.getMappedPort(PORT)}`,
        description: `${dynamoDbImage}, ${dataPlace(dataDir)}`,
        stop: async () => {
          await container.stop({ timeout: STOP_TIMEOUT_MS });
          await guardian.release();
        },
      };
    } catch (error) {
      await removeContainers(address, labelText);
      await guardian.release();
      throw error;
    }
  },
};

async function runContainer(
  label: { key: string; value: string },
  dataDir: string | undefined,
): Promise<StartedTestContainer> {
  // Loaded here, because it is large and the other backends do without it.
  const { GenericContainer, Wait } = await import('testcontainers');
  const command = [...shortLivedJvm, '-jar', 'DynamoDBLocal.jar', '-disableTelemetry', '-sharedDb'];
  const container = new GenericContainer(dynamoDbImage)
    .withLabels({ [label.key]: label.value })
    .withExposedPorts(PORT)
    // The default strategy wants a shell in the image. DynamoDB Local refuses an unsigned GET with 400.
    .withWaitStrategy(Wait.forHttp('/', PORT).forStatusCode(400))
    .withStartupTimeout(START_TIMEOUT_MS);

  if (dataDir === undefined) return container.withCommand([...command, '-inMemory']).start();

  await mkdir(dataDir, { recursive: true });
  return container
    .withBindMounts([{ source: resolve(dataDir), target: DATA_PATH }])
    .withUser(`${String(process.getuid?.() ?? 0)}:${String(process.getgid?.() ?? 0)}`)
    .withCommand([...command, '-dbPath', DATA_PATH])
    .start();
}

/** The image that the Docker backend runs; tools/dynamodb-image reads its name from this line. */
const dynamoDbImage = 'amazon/dynamodb-local:3.3.1';

/**
 * The settings of Testcontainers that it cannot find out by itself; those that are set already are left as they are.
 *
 * - Its clean-up container (Ryuk) is off: it needs a second image, which not every machine can pull, and our own guard
 *   removes the container when this process is gone.
 * - Inside a container it looks for ports on the bridge's gateway. That is right when the daemon is the host's; when it
 *   runs beside us in the same container, they are on the loopback interface.
 */
export async function testcontainersEnvironment(
  env: NodeJS.ProcessEnv,
  address: DockerAddress,
  machine = { isContainer: existsSync('/.dockerenv'), hostname: hostname() },
): Promise<Record<string, string>> {
  const settings: Record<string, string> = {};

  if (!env['TESTCONTAINERS_RYUK_DISABLED']) settings['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
  if (!env['TESTCONTAINERS_HOST_OVERRIDE'] && machine.isContainer && 'socketPath' in address) {
    const daemon = JSON.parse(await dockerRequest(address, { method: 'GET', path: '/info' })) as { Name?: string };

    if (daemon.Name === machine.hostname) settings['TESTCONTAINERS_HOST_OVERRIDE'] = '127.0.0.1';
  }
  return settings;
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
