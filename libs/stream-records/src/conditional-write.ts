import { TransactWriteCommand, PutCommand, UpdateCommand, DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { wrapRead, type Database, type ItemWrite } from '@cnop/database-core';

/**
 * Carries out one write if its condition holds, and tells whether it did.
 *
 * For writes that may be repeated: whoever gets `false` after a lost response learns from the next read that the write was its own. It
 * is not refused while our clock is off, since nothing here is ordered by that.
 *
 * @throws DatabaseUnavailableError, ThrottledError or DatabaseError.
 */
export async function writeIf(database: Database, write: ItemWrite): Promise<boolean> {
  try {
    await wrapRead(() => send(database, write));
    return true;
  } catch (error) {
    if (isConditionFailed((error as Error).cause)) return false;
    throw error;
  }
}

async function send({ reader, singleWrites }: Database, write: ItemWrite): Promise<unknown> {
  const { Put, Update, Delete } = write;
  if (singleWrites === 'plain') {
    if (Put) return reader.send(new PutCommand(Put));
    if (Update) return reader.send(new UpdateCommand(Update));
    if (Delete) return reader.send(new DeleteCommand(Delete));
  }
  return reader.send(new TransactWriteCommand({ TransactItems: [write] }));
}

interface Refusal {
  readonly name?: string;
  readonly CancellationReasons?: readonly { readonly Code?: string }[];
}

function isConditionFailed(cause: unknown): boolean {
  const { name, CancellationReasons = [] } = Object(cause) as Refusal;

  return (
    name === 'ConditionalCheckFailedException' ||
    CancellationReasons.some(({ Code }) => Code === 'ConditionalCheckFailed')
  );
}
