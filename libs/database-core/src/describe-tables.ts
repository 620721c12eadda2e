import {
  DeleteTableCommand,
  DescribeTableCommand,
  type TableDescription as StoreDescription,
} from '@aws-sdk/client-dynamodb';
import { sharedErrors } from '@cnop/exceptions';
import type { TableShape } from '@cnop/utils';
import { databaseFailure, hasName } from './database-failure.ts';
import type { Database } from './database.ts';

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

const firstDelayMs = 50;
const longestDelayMs = 2_000;
/** About five minutes in all; DynamoDB needs some ten seconds for an empty table. */
const looksAtMost = 160;

/**
 * Looks at a table until `isReady` says so, at growing intervals.
 *
 * @throws DatabaseUnavailableError when it takes longer than about five minutes.
 */
export async function pollTable<TDescription extends StoreDescription | undefined>(
  database: Database,
  tableName: string,
  isReady: (description: StoreDescription | undefined) => description is TDescription,
): Promise<TDescription> {
  return await poll(database, tableName, async () => {
    const description = await describeTable(database, tableName);
    return isReady(description) ? { ready: description } : undefined;
  });
}

/**
 * Repeats a look at a table, at growing intervals, until it finds what it looks for.
 *
 * @param look - gives what was found as `ready`, or `undefined` to look again.
 * @throws DatabaseUnavailableError when it takes longer than about five minutes.
 */
export async function poll<TFound>(
  { sleep }: Pick<Database, 'sleep'>,
  tableName: string,
  look: () => Promise<{ readonly ready: TFound } | undefined>,
): Promise<TFound> {
  for (let looks = 0; looks < looksAtMost; looks += 1) {
    if (looks > 0) await sleep(Math.min(longestDelayMs, firstDelayMs * 2 ** (looks - 1)));

    const found = await look();
    if (found) return found.ready;
  }
  throw new sharedErrors.DatabaseUnavailableError(
    {},
    { cause: new Error(`The table ${tableName} was not ready in time.`) },
  );
}

/**
 * Deletes the tables with everything in them and waits until they are gone; one that does not exist is fine.
 *
 * @throws DatabaseError when a table is protected against deletion; DatabaseUnavailableError or ThrottledError.
 */
export async function deleteTables(database: Database, shapes: readonly TableShape[]): Promise<void> {
  await Promise.all(shapes.map(({ name }) => deleteTable(database, database.tableName(name))));
}

async function deleteTable(database: Database, tableName: string): Promise<void> {
  await pollTable(database, tableName, isSettled);

  try {
    await database.reader.send(new DeleteTableCommand({ TableName: tableName }));
  } catch (cause) {
    if (hasName(cause, 'ResourceNotFoundException')) return;
    // Another process is deleting it.
    if (!hasName(cause, 'ResourceInUseException')) throw databaseFailure(cause, 1);
  }
  await pollTable(database, tableName, isAbsent);
}

/** DynamoDB does not delete a table that it is still creating or changing. */
const isSettled = (description: StoreDescription | undefined): description is StoreDescription | undefined =>
  description?.TableStatus !== 'CREATING' && description?.TableStatus !== 'UPDATING';

const isAbsent = (description: StoreDescription | undefined): description is undefined => description === undefined;
