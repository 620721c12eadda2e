/** What the runner is told about the tests of a group, as the member `circus` of Stryker's options. */
export interface RunnerOptions {
  /** Glob patterns of the test files, relative to the root of the workspace. */
  readonly tests: readonly string[];
  /** Whether the tests need a DynamoDB. */
  readonly dynamoDb: boolean;
  /** How long one test may take. */
  readonly testTimeoutMs: number;
  /** The seed of the property tests. */
  readonly seed: number;
}
