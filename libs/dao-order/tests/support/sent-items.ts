import { createDatabase, type Database } from '@cnop/database-core';
import { answerWith, createFaultInjector, everyCall } from '@cnop/testing';
import { createIds, createManualClock } from '@cnop/utils';

/**
 * Runs a call against a DynamoDB that takes every write, and gives the items of the one TransactWriteItems that it sent, as they are on
 * the wire. Time stands still, and ids are the smallest of that time.
 */
export async function sentItems(call: (database: Database) => Promise<unknown>): Promise<unknown> {
  const clock = createManualClock('2026-01-05T09:30:00.000Z');
  const http = createFaultInjector({ plan: everyCall(answerWith({})) });
  const database = createDatabase({
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    tables: { orders: 'orders' },
    requestHandler: http,
    singleWrites: 'transaction',
    clock,
    ids: createIds({ clock, random: (bytes) => new Uint8Array(bytes) }),
  });

  await call(database);
  database.close();

  expect(http.calls.map(({ target }) => target)).toEqual(['TransactWriteItems']);
  return (JSON.parse(http.calls[0]!.body) as { TransactItems: unknown }).TransactItems;
}
