import { sharedErrors } from '@cnop/exceptions';
import type { TableShape } from '@cnop/utils';
import { pascalCase, type TableTemplateOptions } from './to-cloudformation.ts';

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
  | 'DescribeStream'
  | 'DescribeTable'
  | 'GetItem'
  | 'GetRecords'
  | 'GetShardIterator'
  | 'ListStreams'
  | 'PutItem'
  | 'Query'
  | 'Scan'
  | 'UpdateItem';

/** What a service does on one table, or on indexes of it. */
export interface TableGrant {
  readonly table: TableShape;
  /** The names of the indexes that are queried, in place of the table itself. */
  readonly indexes?: readonly string[];
  /** Whether it does so on the streams of the table, in place of the table itself: each has a label that nobody knows beforehand. */
  readonly streams?: true;
  readonly actions: readonly TableAction[];
  /** Whether it does so inside of a TransactWriteItems only. */
  readonly onlyInTransactions?: boolean;
  /** The attributes that it reads, keys included, if these are all. */
  readonly attributes?: readonly string[];
}

/**
 * The least policy for what a service does: actions by name, tables and indexes by their ARNs; no wildcard but the label of a stream.
 *
 * ARNs hold the pseudo parameters of CloudFormation, `${AWS::Region}` and the like, and a table's name the parameter that
 * `toCloudFormation` asks for, `${UsersTableName}`: put the document through `Fn::Sub`, or replace them. With a prefix the
 * names are physical ones.
 *
 * @throws {@link sharedErrors.ConfigurationError} for an index that the table does not have, and a grant of nothing.
 * @see {@link https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html}
 * @example
 * const policy = toIamPolicy([{ table: users, actions: ['GetItem'] }, { table: users, actions: ['PutItem'], onlyInTransactions: true }]);
 */
export function toIamPolicy(grants: readonly TableGrant[], { prefix }: TableTemplateOptions = {}): IamPolicy {
  return { Version: '2012-10-17', Statement: grants.map((grant) => statementOf(grant, prefix)) };
}

function statementOf(grant: TableGrant, prefix: string | undefined): IamStatement {
  const { table, indexes, actions } = grant;
  const unknown = indexes?.find((index) => !table.indexes.some(({ name }) => name === index));
  if (unknown !== undefined)
    throw new sharedErrors.ConfigurationError({
      settings: [{ setting: `index ${unknown}`, rule: 'must be of the table' }],
    });
  if (actions.length === 0 || indexes?.length === 0) {
    throw new sharedErrors.ConfigurationError({
      settings: [{ setting: `grant on ${table.name}`, rule: 'must permit something' }],
    });
  }

  const arn = tableArn(table, prefix);
  const conditions = conditionsOf(grant);
  return {
    Sid: sidOf(grant),
    Effect: 'Allow',
    Action: [...actions].sort().map((action) => `dynamodb:${action}` as const),
    Resource: resourcesOf(grant, arn),
    ...(Object.keys(conditions).length > 0 && { Condition: conditions }),
  };
}

function resourcesOf({ indexes, streams }: TableGrant, arn: string): string[] {
  if (streams) return [`${arn}/stream/*`];

  return indexes ? indexes.map((index) => `${arn}/index/${index}`) : [arn];
}

function tableArn({ name }: TableShape, prefix: string | undefined): string {
  const tableName = prefix === undefined ? `\${${pascalCase(name)}TableName}` : `${prefix}${name}`;

  return `arn:\${AWS::Partition}:dynamodb:\${AWS::Region}:\${AWS::AccountId}:table/${tableName}`;
}

/**
 * `Select` sees to it that attributes are named at all: a request for all of them names none.
 *
 * @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html}
 */
function conditionsOf({ onlyInTransactions = false, attributes }: TableGrant): IamConditions {
  return {
    ...(onlyInTransactions && {
      'ForAnyValue:StringEquals': { 'dynamodb:EnclosingOperation': ['TransactWriteItems'] },
    }),
    ...(attributes && {
      'ForAllValues:StringEquals': { 'dynamodb:Attributes': [...attributes].sort() },
      StringEqualsIfExists: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
    }),
  };
}

/** Letters and digits only, and different for all that differs in kind. */
function sidOf({ table, indexes, streams, onlyInTransactions = false, attributes }: TableGrant): string {
  const kind = onlyInTransactions ? 'InTransactions' : attributes ? 'Attributes' : '';

  return `${pascalCase(table.name)}${streams ? 'Streams' : indexes ? 'Indexes' : ''}${kind}`;
}
