import {
  type BackendStartOptions,
  type DynamoDbBackend,
  messageOf,
  type RunningDynamoDb,
  type StartableBackendName,
  type StartedBackend,
} from './backends/backend.ts';
import { waitForHttpAnswer } from './backends/database-process.ts';
import { dockerBackend } from './backends/docker.ts';
import { embeddedBackend } from './backends/embedded.ts';
import { javaBackend } from './backends/java.ts';

const ENDPOINT_TIMEOUT_MS = 5_000;
const backendsByName: Record<StartableBackendName, DynamoDbBackend> = {
  docker: dockerBackend,
  embedded: embeddedBackend,
  java: javaBackend,
};
// DynamoDB Local takes letters and digits only.
const dummyCredentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** How to get a DynamoDB. */
export interface StartDynamoDbOptions {
  /** The order in which backends are tried. Default, for tests: Docker, embedded, Java. */
  readonly prefer?: readonly StartableBackendName[];
  /** Directory that keeps the data across restarts. Default: the data is lost with `stop()`. */
  readonly dataDir?: string;
  /** Default: `process.env`. */
  readonly env?: NodeJS.ProcessEnv;
  /** Receives one line saying which DynamoDB was taken. */
  readonly log?: (line: string) => void;
}

/**
 * Gets a real DynamoDB for tests or the local stack.
 *
 * `DYNAMODB_ENDPOINT` names one that already runs; else `CNOP_DYNAMODB` (docker, embedded or java) forces a backend; else
 * they are tried in the preferred order. What was started ends with `stop()`, or with this process however it ends.
 *
 * @throws Error saying what was tried and why each failed, when there is no DynamoDB to be had.
 * @example
 * const dynamoDb = await startDynamoDb();
 * const client = new DynamoDBClient(dynamoDb);
 */
export async function startDynamoDb(options: StartDynamoDbOptions = {}): Promise<RunningDynamoDb> {
  const env = options.env ?? process.env;
  const running = await obtain(env, options);

  options.log?.(`DynamoDB: ${running.backend} (${running.description}) at ${running.endpoint}`);
  return running;
}

async function obtain(env: NodeJS.ProcessEnv, options: StartDynamoDbOptions): Promise<RunningDynamoDb> {
  const choice = chooseBackends(env, options.prefer ?? startableBackends);

  if (choice.kind === 'use') return useEndpoint(choice.endpoint, env);

  const backends = choice.candidates.map((name) => backendsByName[name]);
  const dataDir = options.dataDir === undefined ? {} : { dataDir: options.dataDir };
  const { backend, started } = await startFirstBackend(backends, { env, ...dataDir });

  return { ...started, region: regionOf(env), credentials: dummyCredentials, backend: backend.name };
}

async function useEndpoint(endpoint: string, env: NodeJS.ProcessEnv): Promise<RunningDynamoDb> {
  await waitForHttpAnswer(endpoint, { timeoutMs: ENDPOINT_TIMEOUT_MS });

  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;

  return {
    endpoint,
    region: regionOf(env),
    credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : dummyCredentials,
    backend: 'endpoint',
    description: 'from DYNAMODB_ENDPOINT',
    stop: () => Promise.resolve(),
  };
}

function regionOf({ AWS_REGION: region }: NodeJS.ProcessEnv): string {
  return region ? region : 'us-east-1';
}

/** A failed attempt, for the error that names them all. */
interface FailedAttempt {
  readonly name: string;
  readonly reason: string;
}

/**
 * Starts the first of the backends that can start; a backend that fails is passed over.
 *
 * @throws Error naming every backend that was tried and why it failed, when none started.
 */
export async function startFirstBackend(
  backends: readonly DynamoDbBackend[],
  options: BackendStartOptions,
): Promise<{ backend: DynamoDbBackend; started: StartedBackend }> {
  const failures: FailedAttempt[] = [];

  for (const backend of backends) {
    try {
      const reason = await backend.whyUnavailable(options);

      if (reason === undefined) return { backend, started: await backend.start(options) };
      failures.push({ name: backend.name, reason });
    } catch (error) {
      failures.push({ name: backend.name, reason: messageOf(error) });
    }
  }

  const tried = failures.map(({ name, reason }) => `\n  ${name}: ${reason}`).join('');

  throw new Error(`No DynamoDB could be started. Tried:${tried}`);
}

/** The backends that a DynamoDB can be started with, in the order that tests prefer. */
export const startableBackends: readonly StartableBackendName[] = ['docker', 'embedded', 'java'];

/** How a DynamoDB is obtained. */
export type BackendChoice =
  | { readonly kind: 'use'; readonly endpoint: string }
  | { readonly kind: 'start'; readonly candidates: readonly StartableBackendName[] };

/**
 * Decides from the environment how to get a DynamoDB: `DYNAMODB_ENDPOINT` wins, then `CNOP_DYNAMODB` forces one backend,
 * else the preferred ones are tried in their order.
 *
 * Pure. An empty variable counts as unset.
 *
 * @throws Error when `CNOP_DYNAMODB` names no backend, or `DYNAMODB_ENDPOINT` is not an http(s) URL.
 */
export function chooseBackends(env: NodeJS.ProcessEnv, preferred: readonly StartableBackendName[]): BackendChoice {
  const { DYNAMODB_ENDPOINT: endpoint, CNOP_DYNAMODB: forced } = env;

  if (endpoint) {
    if (!URL.canParse(endpoint) || !/^https?:/.test(endpoint)) {
      throw new Error(`DYNAMODB_ENDPOINT must be an http or https URL, not '${endpoint}'.`);
    }
    return { kind: 'use', endpoint };
  }
  if (!forced) return { kind: 'start', candidates: preferred };

  const candidate = startableBackends.find((name) => name === forced);

  if (candidate === undefined) {
    throw new Error(`CNOP_DYNAMODB must be one of ${startableBackends.join(', ')}, not '${forced}'.`);
  }
  return { kind: 'start', candidates: [candidate] };
}
