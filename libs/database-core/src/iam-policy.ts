/** An IAM policy as a plain object, for `JSON.stringify`. */
export interface IamPolicy {
  readonly Version: '2012-10-17';
  readonly Statement: readonly IamStatement[];
}

/** One permission. */
export interface IamStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly `dynamodb:${TableAction}`[];
  readonly Resource: readonly string[];
  readonly Condition?: IamConditions;
}

/** When a permission holds: by operator, condition key and values. */
export type IamConditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/**
 * What can be permitted on a table. A transaction has no action of its own: it takes those of its parts.
 *
 * @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html}
 */
export type TableAction =
  | 'BatchGetItem'
  | 'ConditionCheckItem'
  | 'DeleteItem'
  | 'DescribeTable'
  | 'GetItem'
  | 'PutItem'
  | 'Query'
  | 'Scan'
  | 'UpdateItem';
