import { CreateTableCommand, type TableDescription } from '@aws-sdk/client-dynamodb';
import { ConfigurationError } from '@cnop/exceptions';
import type { TableShape } from '@cnop/utils';
import type { Database } from './database.ts';
import { databaseFailure } from './database-failure.ts';
import { enableStream, enableTimeToLive, isStreaming } from './enable-table-features.ts';
import { hasName } from './failure-kind.ts';
import { pollTable } from './poll-table.ts';
import { defineTable, streamSpecification } from './table-definition.ts';
import { findTableDifference } from './table-difference.ts';

/**
 * Creates the tables that are missing, with on-demand capacity, waits until every table and index can be used, and enables the stream
 * and the time to live that their shapes have.
 *
 * Of a table that exists only these two are ever enabled; keys and indexes stay as they are. Any number of processes may call this at
 * once. For production take a template of `@cnop/database-core/infrastructure`: it adds backups and deletion protection.
 *
 * Needs the permissions `DescribeTable` and `CreateTable`, `UpdateTable` for a stream that is disabled, and for a shape with time to live
 * `DescribeTimeToLive` and `UpdateTimeToLive`.
 *
 * @throws {@link ConfigurationError} naming the table and the first difference, when one exists with other keys or indexes, a stream of
 *   another kind, or time to live by another attribute; DatabaseUnavailableError, ThrottledError or DatabaseError.
 */
export async function ensureTables(database: Database, shapes: readonly TableShape[]): Promise<void> {
  await Promise.all(shapes.map((shape) => ensureTable(database, shape)));
}

async function ensureTable(database: Database, shape: TableShape): Promise<void> {
  const tableName = database.tableName(shape.name);

  if ((await pollTable(database, tableName, isStaying)) === undefined) await createTable(database, shape);
  const description = await pollTable(database, tableName, isUsable);

  const rule = findTableDifference(shape, description);
  if (rule !== undefined) throw new ConfigurationError({ settings: [{ setting: `table ${tableName}`, rule }] });

  if (shape.stream !== undefined && !isStreaming(description)) await enableStream(database, tableName, shape.stream);
  if (shape.timeToLive !== undefined) await enableTimeToLive(database, tableName, shape.timeToLive);
}

async function createTable(database: Database, shape: TableShape): Promise<void> {
  const { stream } = shape;
  const request = {
    ...defineTable(shape, database.tableName(shape.name)),
    ...(stream !== undefined && { StreamSpecification: streamSpecification(stream) }),
  };

  try {
    await database.reader.send(new CreateTableCommand(request));
  } catch (cause) {
    // Another process was first, or this one was and the response was lost: either way the table is being created.
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
