import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { DatabaseUnavailableError } from '@cnop/exceptions';
import type { Database } from './database.ts';
import { describeTable } from './describe-tables.ts';

const firstDelayMs = 50;
const longestDelayMs = 2_000;
/** About five minutes in all; DynamoDB needs some ten seconds for an empty table. */
const looksAtMost = 160;

/**
 * Looks at a table until `isReady` says so, at growing intervals.
 *
 * @throws DatabaseUnavailableError when it takes longer than about five minutes.
 */
export async function pollTable<TDescription extends TableDescription | undefined>(
  database: Database,
  tableName: string,
  isReady: (description: TableDescription | undefined) => description is TDescription,
): Promise<TDescription> {
  for (let look = 0; look < looksAtMost; look += 1) {
    if (look > 0) await database.sleep(Math.min(longestDelayMs, firstDelayMs * 2 ** (look - 1)));

    const description = await describeTable(database, tableName);
    if (isReady(description)) return description;
  }
  throw new DatabaseUnavailableError({}, { cause: new Error(`The table ${tableName} did not get ready in time.`) });
}
