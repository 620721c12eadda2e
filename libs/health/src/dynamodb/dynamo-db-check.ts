import { DescribeTableCommand, type DynamoDBClient, type TableStatus } from '@aws-sdk/client-dynamodb';
import type { CheckOutcome, DependencyCheckOptions, HealthCheck } from '../health-check.ts';

interface WithClient extends DependencyCheckOptions {
  readonly client: Pick<DynamoDBClient, 'send'>;
}

/** What {@link dynamoDbCheck} takes. */
export interface DynamoDbCheckOptions extends WithClient {
  /** The physical name. */
  readonly tableName: string;
  /** Default: `dynamodb:<tableName>`. */
  readonly name?: string;
}

/** What {@link dynamoDbChecks} takes. */
export interface DynamoDbChecksOptions extends WithClient {
  /** The physical names. */
  readonly tableNames: readonly string[];
}

/**
 * A check that one table can be used: `pass` when ACTIVE, `warn` while UPDATING (AWS keeps serving it), else `fail`.
 *
 * One DescribeTable, which costs no read units but needs `dynamodb:DescribeTable` on the table. Its latency is that of the check.
 */
export function dynamoDbCheck({ client, tableName, name, ...settings }: DynamoDbCheckOptions): HealthCheck {
  return {
    ...settings,
    name: name ?? `dynamodb:${tableName}`,
    check: async (abortSignal) => {
      const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }), { abortSignal });

      return outcomeOf(Table?.TableStatus);
    },
  };
}

/** A {@link dynamoDbCheck} for each table, with the same settings. */
export const dynamoDbChecks = ({ tableNames, ...options }: DynamoDbChecksOptions): HealthCheck[] =>
  tableNames.map((tableName) => dynamoDbCheck({ ...options, tableName }));

function outcomeOf(status: TableStatus | undefined): CheckOutcome {
  if (status === 'ACTIVE') {
    return { status: 'pass' };
  }

  return { status: status === 'UPDATING' ? 'warn' : 'fail', message: `TABLE_${status ?? 'UNKNOWN'}` };
}
