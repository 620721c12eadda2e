import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';

/** The tables of a matrix that is running, and a way to break its ledger. */
export interface RunningTables {
  /** The tables that have come since these were opened. */
  newTables(): Promise<string[]>;
  /** Puts a balance without a single posting into the tables of a matrix, once they are there. */
  plantBalance(): Promise<void>;
  close(): void;
}

/** Opens the DynamoDB that the environment names. */
export async function openRunningTables(): Promise<RunningTables> {
  const client = new DynamoDBClient({
    endpoint: process.env['DYNAMODB_ENDPOINT']!,
    region: process.env['AWS_REGION']!,
    credentials: {
      accessKeyId: process.env['AWS_ACCESS_KEY_ID']!,
      secretAccessKey: process.env['AWS_SECRET_ACCESS_KEY']!,
    },
  });
  const list = async () => (await client.send(new ListTablesCommand())).TableNames ?? [];
  const before = await list();
  const newTables = async () => (await list()).filter((name) => !before.includes(name));

  return {
    newTables,
    plantBalance: async () => {
      for (;;) {
        const name = (await newTables()).find((table) => table.endsWith('-ledger'));
        if (name !== undefined && (await wasPut(client, name))) return;
        await sleep(20);
      }
    },
    close: () => client.destroy(),
  };
}

/** Not while the table is still being created. */
async function wasPut(client: DynamoDBClient, name: string): Promise<boolean> {
  const Item = {
    pk: { S: 'OWNER#mallory' },
    sk: { S: 'BALANCE#USD' },
    schemaVersion: { N: '1' },
    scale: { N: '2' },
    availableMinor: { N: '1' },
    version: { N: '1' },
    createdAt: { S: '2000-01-01T00:00:00.000Z' },
    updatedAt: { S: '2000-01-01T00:00:00.000Z' },
  };

  return await client.send(new PutItemCommand({ TableName: name, Item })).then(
    () => true,
    () => false,
  );
}
