import { chooseBackends, startableBackends } from './backend-choice.ts';
import { dockerBackend } from './backends/docker.ts';
import { embeddedBackend } from './backends/embedded.ts';
import { javaBackend } from './backends/java.ts';
import type { DynamoDbBackend, StartableBackendName } from './dynamodb-backend.ts';
import { waitForHttpAnswer } from './http-answer.ts';
import type { RunningDynamoDb } from './running-dynamo-db.ts';
import { startFirstBackend } from './start-first-backend.ts';

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
