import { DescribeTableCommand, type DynamoDBClient, type TableDescription } from '@aws-sdk/client-dynamodb';
import type { TableShape } from '@cnop/utils';
import type { CheckOutcome, DependencyCheckOptions, HealthCheck } from '../health-check.ts';
import { shapeDifference } from './shape-difference.ts';

interface WithClient extends DependencyCheckOptions {
  readonly client: Pick<DynamoDBClient, 'send'>;
}

/** What {@link dynamoDbCheck} takes. */
export interface DynamoDbCheckOptions extends WithClient {
  /** The physical name. */
  readonly tableName: string;
  /** Default: `dynamodb:<tableName>`. */
  readonly name?: string;
  /** What the table must be like: its keys, and indexes that must be there. Without it any table is fine. */
  readonly shape?: TableShape;
}

/** What {@link dynamoDbChecks} takes. */
export interface DynamoDbChecksOptions extends WithClient {
  /** The physical names. */
  readonly tableNames: readonly string[];
}

/**
 * A check that one table can be used: `pass` when ACTIVE, `warn` while UPDATING (AWS keeps serving it), else `fail`; with a
 * `shape`, `fail` too for a table of other keys (`KEY_SCHEMA_DIFFERS`) or without one of the indexes (`INDEX_MISSING`).
 *
 * One DescribeTable, which costs no read units but needs `dynamodb:DescribeTable` on the table. Its latency is that of the check.
 */
export function dynamoDbCheck({ client, tableName, name, shape, ...settings }: DynamoDbCheckOptions): HealthCheck {
  return {
    ...settings,
    name: name ?? `dynamodb:${tableName}`,
    check: async (abortSignal) => {
      const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }), { abortSignal });

      return outcomeOf(Table ?? {}, shape);
    },
  };
}

/** A {@link dynamoDbCheck} for each table, with the same settings. */
export const dynamoDbChecks = ({ tableNames, ...options }: DynamoDbChecksOptions): HealthCheck[] =>
  tableNames.map((tableName) => dynamoDbCheck({ ...options, tableName }));

function outcomeOf(table: TableDescription, shape: TableShape | undefined): CheckOutcome {
  const { TableStatus: status } = table;
  const isThere = status === 'ACTIVE' || status === 'UPDATING';
  const difference = isThere && shape && shapeDifference(table, shape);

  if (difference) return { status: 'fail', message: difference };
  if (status === 'ACTIVE') {
    return { status: 'pass' };
  }

  return { status: status === 'UPDATING' ? 'warn' : 'fail', message: `TABLE_${status ?? 'UNKNOWN'}` };
}
