import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { createFaultInjector, isolatedTables, type FaultInjector, type FaultInjectorOptions } from '../../src/index.ts';

/** A table with an index, and clients of it. */
export interface TestTable {
  readonly name: string;
  /** The one without faults. */
  readonly client: DynamoDBClient;
  /** A client without retries behind an injector of its own. */
  faulty(options?: FaultInjectorOptions): { readonly faults: FaultInjector; readonly client: DynamoDBClient };
  put(sk: string): Promise<unknown>;
  /** The sort keys of all items, in their order. */
  keys(): Promise<string[]>;
}

export const item = (sk: string, rest: Record<string, AttributeValue> = {}): Record<string, AttributeValue> => ({
  pk: { S: 'P' },
  sk: { S: sk },
  owner: { S: 'ada' },
  ...rest,
});
export const keyOf = (sk: string) => ({ pk: { S: 'P' }, sk: { S: sk } });

/** A client of the DynamoDB that this test run uses. */
export function connect(requestHandler?: FaultInjector, maxAttempts = 1): DynamoDBClient {
  return new DynamoDBClient({
    region: 'us-east-1',
    endpoint: process.env['DYNAMODB_ENDPOINT']!,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts,
    ...(requestHandler && { requestHandler }),
  });
}

export async function createTable(client: DynamoDBClient, name: string): Promise<void> {
  const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
  const keys = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];

  await client.send(
    new CreateTableCommand({
      TableName: name,
      KeySchema: keys('pk', 'sk'),
      AttributeDefinitions: ['pk', 'sk', 'owner'].map(attribute),
      GlobalSecondaryIndexes: [
        { IndexName: 'byOwner', KeySchema: keys('owner', 'sk'), Projection: { ProjectionType: 'ALL' } },
      ],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
}

/** Creates the table before the tests of the file, and deletes it after them. */
export function useTestTable(): TestTable {
  const { things: name } = isolatedTables(['things']);
  const client = connect();
  const opened = [client];

  beforeAll(() => createTable(client, name));
  afterAll(async () => {
    await client.send(new DeleteTableCommand({ TableName: name }));
    opened.forEach((each) => each.destroy());
  });

  return {
    name,
    client,
    faulty: (options) => {
      const faults = createFaultInjector(options);
      const faulty = connect(faults);

      opened.push(faulty);
      return { faults, client: faulty };
    },
    put: (sk) => client.send(new PutItemCommand({ TableName: name, Item: item(sk) })),
    keys: async () => {
      const { Items = [] } = await client.send(new ScanCommand({ TableName: name, ConsistentRead: true }));
      return Items.map(({ sk }) => sk!.S!).sort();
    },
  };
}

/** What a call is rejected with. */
export async function errorOf(call: Promise<unknown>): Promise<Error> {
  const failure: unknown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );

  if (!(failure instanceof Error)) throw new Error('The call did not fail.');
  return failure;
}
