import { DeleteTableCommand, type TableDescription } from '@aws-sdk/client-dynamodb';
import type { TableShape } from '@cnop/utils';
import type { Database } from './database.ts';
import { databaseFailure } from './database-failure.ts';
import { hasName } from './failure-kind.ts';
import { pollTable } from './poll-table.ts';

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
const isSettled = (description: TableDescription | undefined): description is TableDescription | undefined =>
  description?.TableStatus !== 'CREATING' && description?.TableStatus !== 'UPDATING';

const isAbsent = (description: TableDescription | undefined): description is undefined => description === undefined;
