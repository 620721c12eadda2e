import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createRequestHandler } from '../../src/network/http.ts';
import { createStore, type Store, type StoreOptions } from '../../src/store/store.ts';

/** An AWS SDK client whose every request a store answers at once. */
export const clientOf = (store: Store): DynamoDBClient =>
  new DynamoDBClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'nobody', secretAccessKey: 'nothing' },
    requestHandler: createRequestHandler(async (request) => store.execute(request)),
    maxAttempts: 1,
  });

/** An empty store with such a client. */
export function openStore(options?: StoreOptions): { readonly store: Store; readonly client: DynamoDBClient } {
  const store = createStore(options);

  return { store, client: clientOf(store) };
}
