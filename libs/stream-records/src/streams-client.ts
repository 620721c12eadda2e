import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { Database } from '@cnop/database-core';

/** What of a client of DynamoDB Streams is used. */
export type StreamsClient = Pick<DynamoDBStreamsClient, 'send'>;

/**
 * A client of DynamoDB Streams at the place of a database, with its credentials and over its connections. It retries nothing: the
 * reader does.
 *
 * Sends nothing. It is closed with the database.
 */
export function createStreamsClient({ reader }: Database): DynamoDBStreamsClient {
  const { region, endpoint, credentials, requestHandler } = reader.config;

  return new DynamoDBStreamsClient({
    region,
    credentials,
    requestHandler,
    maxAttempts: 1,
    ...(endpoint && { endpoint }),
  });
}
