import {
  CreateTableCommand,
  DescribeTimeToLiveCommand,
  type TableDescription,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { sharedErrors } from '@cnop/exceptions';
import type { TableShape } from '@cnop/utils';
import { classifyFailure, databaseFailure, hasName, wrapRead } from './database-failure.ts';
import type { Database } from './database.ts';
import { describeTable, poll, pollTable } from './describe-tables.ts';
import { defineTable, findTableDifference, streamSpecification, type StreamView } from './table-definition.ts';

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
 * @throws {@link sharedErrors.ConfigurationError} naming the table and the first difference, when one exists with other keys or indexes, a stream of
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
  if (rule !== undefined)
    throw new sharedErrors.ConfigurationError({ settings: [{ setting: `table ${tableName}`, rule }] });

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

/** After how many rejections a change that is still not seen is given up. */
const rejectionsAtMost = 5;

/** Whether a table has a stream that works already. */
const isStreaming = (description: TableDescription | undefined): description is TableDescription =>
  description?.TableStatus === 'ACTIVE' && description.StreamSpecification?.StreamEnabled === true;

/** Enables the stream of a table that has none, and waits until it works. */
async function enableStream(database: Database, tableName: string, view: StreamView): Promise<void> {
  const request = new UpdateTableCommand({ TableName: tableName, StreamSpecification: streamSpecification(view) });

  await changeTable(database, tableName, {
    isMade: async () => (await describeTable(database, tableName))?.StreamSpecification?.StreamEnabled === true,
    send: () => database.reader.send(request),
  });
  await pollTable(database, tableName, isStreaming);
}

/**
 * Enables time to live by an attribute, where it is not enabled.
 *
 * @throws ConfigurationError when it is enabled by another attribute.
 */
async function enableTimeToLive(database: Database, tableName: string, attribute: string): Promise<void> {
  const { reader } = database;
  const request = { TableName: tableName, TimeToLiveSpecification: { AttributeName: attribute, Enabled: true } };

  await changeTable(database, tableName, {
    isMade: async () => {
      const described = await wrapRead(() => reader.send(new DescribeTimeToLiveCommand({ TableName: tableName })));
      const { TimeToLiveStatus, AttributeName = '' } = described.TimeToLiveDescription ?? {};
      const isEnabled = TimeToLiveStatus === 'ENABLED' || TimeToLiveStatus === 'ENABLING';

      if (isEnabled && AttributeName !== attribute) {
        const rule = `has time to live by '${AttributeName}' instead of '${attribute}'`;
        throw new sharedErrors.ConfigurationError({ settings: [{ setting: `table ${tableName}`, rule }] });
      }
      return isEnabled;
    },
    send: () => reader.send(new UpdateTimeToLiveCommand(request)),
  });
}

interface TableChange {
  /** Whether the table is now as wanted, by whichever process. */
  readonly isMade: () => Promise<boolean>;
  readonly send: () => Promise<unknown>;
}

/**
 * Changes a table until the change is seen. DynamoDB rejects one that another process has made (ValidationException), and any while
 * it carries out another (ResourceInUseException).
 */
async function changeTable(database: Database, tableName: string, { isMade, send }: TableChange): Promise<void> {
  let rejections = 0;

  await poll(database, tableName, async () => {
    if (await isMade()) return { ready: true };

    try {
      await send();
    } catch (cause) {
      if (hasName(cause, 'ResourceInUseException')) return undefined;

      rejections += 1;
      const isMadePerhaps = hasName(cause, 'ValidationException') || classifyFailure(cause) === 'unknown';
      if (!isMadePerhaps || rejections >= rejectionsAtMost) throw databaseFailure(cause, rejections);
    }
    return (await isMade()) ? { ready: true } : undefined;
  });
}
