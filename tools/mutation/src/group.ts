/** Files that are mutated together, and the tests that are to notice. */
export interface Group {
  readonly name: string;
  /** What the group is about, for a heading. */
  readonly title: string;
  /** The files to mutate, relative to the root of the workspace. */
  readonly files: readonly string[];
  /** Glob patterns of the test files. The first ones run first: the quick ones belong there. */
  readonly tests: readonly string[];
  /** Whether the tests need a DynamoDB. */
  readonly dynamoDb: boolean;
}
