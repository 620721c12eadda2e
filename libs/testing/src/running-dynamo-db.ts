import type { DynamoDbBackendName } from './dynamodb-backend.ts';

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
