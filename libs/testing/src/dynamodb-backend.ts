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
