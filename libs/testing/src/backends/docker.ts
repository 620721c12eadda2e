import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { StartedTestContainer } from 'testcontainers';
import { dataPlace } from '../data-place.ts';
import { findDockerAddress } from '../docker-address.ts';
import { removeContainers } from '../docker-containers.ts';
import { dockerRequest } from '../docker-request.ts';
import type { BackendStartOptions, DynamoDbBackend, StartedBackend } from '../dynamodb-backend.ts';
import { messageOf } from '../message-of.ts';
import { guard } from '../process-guard.ts';
import { testcontainersEnvironment } from '../testcontainers-environment.ts';
import { dynamoDbImage } from './dynamodb-image.ts';
import { shortLivedJvm } from './short-lived-jvm.ts';

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
