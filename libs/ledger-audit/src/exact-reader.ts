import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Database } from '@cnop/database-core';

/**
 * The same database, whose reads never fail on a number, however it came into the table: whole numbers are exact, any other
 * number stays text, which no amount is. The usual reader would throw away the page that such a number is on.
 */
export function withExactReader(database: Database): Database {
  const { config, middlewareStack } = database.reader;
  // A document client writes its translation into the configuration that it is given, so it is given one of its own.
  const client = { config: { ...config }, middlewareStack } as unknown as DynamoDBClient;

  return {
    ...database,
    reader: DynamoDBDocumentClient.from(client, { unmarshallOptions: { wrapNumbers: readNumber } }),
  };
}

function readNumber(text: string): number | bigint | string {
  if (!/^-?\d+$/.test(text)) return text;

  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}
