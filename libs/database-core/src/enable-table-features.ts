import {
  DescribeTimeToLiveCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { ConfigurationError } from '@cnop/exceptions';
import type { Database } from './database.ts';
import { databaseFailure, wrapRead } from './database-failure.ts';
import { describeTable } from './describe-tables.ts';
import { classifyFailure, hasName } from './failure-kind.ts';
import { poll, pollTable } from './poll-table.ts';
import { streamSpecification, type StreamView } from './table-definition.ts';

/** After how many rejections a change that is still not seen is given up. */
const rejectionsAtMost = 5;

/** Whether a table has a stream that works already. */
export const isStreaming = (description: TableDescription | undefined): description is TableDescription =>
  description?.TableStatus === 'ACTIVE' && description.StreamSpecification?.StreamEnabled === true;

/** Enables the stream of a table that has none, and waits until it works. */
export async function enableStream(database: Database, tableName: string, view: StreamView): Promise<void> {
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
export async function enableTimeToLive(database: Database, tableName: string, attribute: string): Promise<void> {
  const { reader } = database;
  const request = { TableName: tableName, TimeToLiveSpecification: { AttributeName: attribute, Enabled: true } };

  await changeTable(database, tableName, {
    isMade: async () => {
      const described = await wrapRead(() => reader.send(new DescribeTimeToLiveCommand({ TableName: tableName })));
      const { TimeToLiveStatus, AttributeName = '' } = described.TimeToLiveDescription ?? {};
      const isEnabled = TimeToLiveStatus === 'ENABLED' || TimeToLiveStatus === 'ENABLING';

      if (isEnabled && AttributeName !== attribute) {
        const rule = `has time to live by '${AttributeName}' instead of '${attribute}'`;
        throw new ConfigurationError({ settings: [{ setting: `table ${tableName}`, rule }] });
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
