import { CreateTableCommand, type TableDescription } from '@aws-sdk/client-dynamodb';
import { ConfigurationError } from '@cnop/exceptions';
import type { TableShape } from '@cnop/utils';
import type { Database } from './database.ts';
import { databaseFailure } from './database-failure.ts';
import { hasName } from './failure-kind.ts';
import { pollTable } from './poll-table.ts';
import { defineTable, type TableDefinition } from './table-definition.ts';
import { findTableDifference } from './table-difference.ts';

/**
 * Creates the tables that are missing, with on-demand capacity, and waits until every table and index can be used.
 *
 * A table that exists is never changed. Any number of processes may call this at once. For production take a template
 * (`toCloudFormation`, `toTerraform` of `@cnop/database-core/infrastructure`): it adds backups, deletion protection, streams and time to live.
 *
 * @throws {@link ConfigurationError} naming the table and the first difference, when one exists with other keys or indexes;
 *   DatabaseUnavailableError, ThrottledError or DatabaseError.
 * @example
 * await ensureTables(database, [usersTableShape, ordersTableShape, inventoryTableShape]);
 */
export async function ensureTables(database: Database, shapes: readonly TableShape[]): Promise<void> {
  await Promise.all(shapes.map((shape) => ensureTable(database, defineTable(shape, database.tableName(shape.name)))));
}

async function ensureTable(database: Database, definition: TableDefinition): Promise<void> {
  const tableName = definition.TableName;

  if ((await pollTable(database, tableName, isStaying)) === undefined) await createTable(database, definition);
  const rule = findTableDifference(definition, await pollTable(database, tableName, isUsable));

  if (rule !== undefined) throw new ConfigurationError({ setting: `table ${tableName}`, rule });
}

async function createTable({ reader }: Database, definition: TableDefinition): Promise<void> {
  try {
    await reader.send(new CreateTableCommand(definition));
  } catch (cause) {
    // Another process was first, or this one was and the answer was lost: either way the table is on its way.
    if (!hasName(cause, 'ResourceInUseException')) throw databaseFailure(cause, 1);
  }
}

/** A table that is being deleted still has its name for a while. */
const isStaying = (description: TableDescription | undefined): description is TableDescription | undefined =>
  description?.TableStatus !== 'DELETING';

function isUsable(description: TableDescription | undefined): description is TableDescription {
  const { TableStatus, GlobalSecondaryIndexes = [] } = description ?? {};
  const isSettled = TableStatus === 'ACTIVE' || TableStatus === 'UPDATING';

  return isSettled && GlobalSecondaryIndexes.every(({ IndexStatus }) => isIndexUsable(IndexStatus));
}

/** Emulators leave the status of an index out. */
const isIndexUsable = (status: string | undefined): boolean =>
  status === undefined || status === 'ACTIVE' || status === 'UPDATING';
