import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import type { StartedTestContainer } from 'testcontainers';
import { guard } from '../child-process.ts';
import {
  type BackendStartOptions,
  dataPlace,
  type DynamoDbBackend,
  messageOf,
  type StartedBackend,
} from './backend.ts';
import { dockerRequest, removeContainers, type DockerAddress, findDockerAddress } from './docker-containers.ts';
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
