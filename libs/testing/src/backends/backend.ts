import { createRequire } from 'node:module';
import { dirname } from 'node:path';

/** The ways to get a DynamoDB: one that already runs, or one of three that are started. */
export type DynamoDbBackendName = 'endpoint' | 'docker' | 'embedded' | 'java';

/** A backend that is started and stopped here, as opposed to one that already runs. */
export type StartableBackendName = Exclude<DynamoDbBackendName, 'endpoint'>;

/** What a backend needs to know to start. */
export interface BackendStartOptions {
  /** Directory that keeps the data across restarts; without it the data lives in memory. */
  readonly dataDir?: string;
  readonly env: NodeJS.ProcessEnv;
}

/** A DynamoDB that a backend has started. */
export interface StartedBackend {
  readonly endpoint: string;
  /** What was started, for people: name, version, where the data is. */
  readonly description: string;
  stop(): Promise<void>;
}

/** One way to start a DynamoDB. */
export interface DynamoDbBackend {
  readonly name: StartableBackendName;
  /** Says quickly why this backend cannot start on this machine; `undefined` when it is worth trying. */
  whyUnavailable(options: BackendStartOptions): Promise<string | undefined>;
  start(options: BackendStartOptions): Promise<StartedBackend>;
}

/** A DynamoDB that answers, with all that an AWS client needs to talk to it. */
export interface RunningDynamoDb {
  readonly endpoint: string;
  readonly region: string;
  /** Those of the environment for a DynamoDB that already ran; dummies for one that was started here. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly backend: DynamoDbBackendName;
  /** What it is, in words for people. */
  readonly description: string;
  /** Ends what was started, and waits until it is gone. A DynamoDB that already ran is left alone. */
  stop(): Promise<void>;
}

/** Says for people where a database keeps its data. */
export function dataPlace(dataDir: string | undefined): string {
  return dataDir === undefined ? 'in memory' : `data in ${dataDir}`;
}

/** The message of whatever was thrown. Not by `instanceof`, which fails across realms, such as that of a Jest test. */
export function messageOf(error: unknown): string {
  const { message } = (error ?? {}) as { message?: unknown };

  return typeof message === 'string' ? message : String(error);
}

/** The directory of an installed npm package, or `undefined` when it is not installed. */
export function packageDirectory(name: string): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}
