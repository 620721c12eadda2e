import { DescribeTableCommand, type TableDescription as StoreDescription } from '@aws-sdk/client-dynamodb';
import type { TableShape } from '@cnop/utils';
import type { Database } from './database.ts';
import { databaseFailure } from './database-failure.ts';
import { hasName } from './failure-kind.ts';

/** A global secondary index as it is. */
export interface IndexDescription {
  readonly name: string;
  /** `ACTIVE` when it can be queried. */
  readonly status: string;
  readonly itemCount: number;
}

/** A table as it is. DynamoDB brings the counts up to date about every six hours. */
export interface TableDescription {
  readonly logicalName: string;
  readonly tableName: string;
  /** `ACTIVE` when it can be used. */
  readonly status: string;
  readonly itemCount: number;
  readonly sizeBytes: number;
  readonly indexes: readonly IndexDescription[];
}

/**
 * What the tables are like, in the order of the shapes; `undefined` for one that does not exist.
 *
 * @throws ConfigurationError when a table was not named; DatabaseUnavailableError, ThrottledError or DatabaseError.
 */
export function describeTables(
  database: Database,
  shapes: readonly TableShape[],
): Promise<(TableDescription | undefined)[]> {
  return Promise.all(
    shapes.map(async ({ name }) => {
      const tableName = database.tableName(name);
      const description = await describeTable(database, tableName);

      return description && { logicalName: name, tableName, ...summaryOf(description) };
    }),
  );
}

/** What DynamoDB says of the table with this physical name; `undefined` when there is none. */
export async function describeTable({ reader }: Database, tableName: string): Promise<StoreDescription | undefined> {
  try {
    const { Table } = await reader.send(new DescribeTableCommand({ TableName: tableName }));
    return Table;
  } catch (cause) {
    if (hasName(cause, 'ResourceNotFoundException')) return undefined;
    throw databaseFailure(cause, 1);
  }
}

function summaryOf({ TableStatus, ItemCount = 0, TableSizeBytes = 0, GlobalSecondaryIndexes = [] }: StoreDescription) {
  return {
    status: TableStatus ?? '',
    itemCount: ItemCount,
    sizeBytes: TableSizeBytes,
    indexes: GlobalSecondaryIndexes.map((index) => ({
      name: index.IndexName ?? '',
      status: index.IndexStatus ?? '',
      itemCount: index.ItemCount ?? 0,
    })),
  };
}
