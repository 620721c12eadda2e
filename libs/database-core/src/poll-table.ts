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
  throw new DatabaseUnavailableError({}, { cause: new Error(`The table ${tableName} was not ready in time.`) });
}
