import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isolatedTables, startDynamoDb } from '@cnop/testing';
import { dockerRequest, findDockerAddress } from '../../src/backends/docker-containers.ts';
import { startableBackends } from '../../src/start-dynamo-db.ts';
import { describeBackends } from '../support/describe-backends.ts';
import { createTable, getName, putName, withClient } from '../support/item-store.ts';
import { childProcessIds } from '../support/processes.ts';

const { items: table } = isolatedTables(['items']);

describeBackends('startDynamoDb', startableBackends, ({ name, env }) => {
  it('starts a DynamoDB that keeps what it is given, and leaves nothing behind', async () => {
    const lines: string[] = [];
    const dynamoDb = await startDynamoDb({ env, log: (line) => lines.push(line) });

    const read = await withClient(dynamoDb, async (client) => {
      await createTable(client, table);
      await putName(client, table, 'Ada');
      return getName(client, table);
    });
    await dynamoDb.stop();
    await dynamoDb.stop(); // the second time for nothing

    expect(read).toBe('Ada');
    expect(dynamoDb.backend).toBe(name);
    expect(lines).toEqual([`DynamoDB: ${name} (${dynamoDb.description}) at ${dynamoDb.endpoint}`]);
    await expect(fetch(dynamoDb.endpoint)).rejects.toThrow();
    expect(childProcessIds()).toEqual([]);
    expect(await containersAt(dynamoDb.endpoint)).toEqual([]);
  });

  it('keeps its data in a directory across restarts', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'cnop-data-'));
    const dataDir = join(directory, 'made/on/demand');
    const first = await startDynamoDb({ env, dataDir });
    await withClient(first, async (client) => {
      await createTable(client, table);
      await putName(client, table, 'Grace');
    });
    await first.stop();

    const second = await startDynamoDb({ env, dataDir });
    const read = await withClient(second, (client) => getName(client, table));
    await second.stop();
    await rm(directory, { recursive: true });

    expect(read).toBe('Grace');
    expect(second.description).toContain(dataDir);
  });

  it('says why when the data cannot be kept where it is told, and leaves nothing behind', async () => {
    const dataDir = join(__filename, 'not-a-directory');

    await expect(startDynamoDb({ env, dataDir })).rejects.toThrow(new RegExp(`Tried:\n  ${name}: ENOTDIR`));

    expect(childProcessIds()).toEqual([]);
  });

  async function containersAt(endpoint: string): Promise<unknown[]> {
    const address = findDockerAddress(env);

    if (name !== 'docker' || address === undefined) return [];
    const body = await dockerRequest(address, { method: 'GET', path: '/containers/json?all=1' });
    const containers = JSON.parse(body) as { Ports: { PublicPort?: number }[] }[];

    return containers.filter(({ Ports: ports }) =>
      ports.some(({ PublicPort: port }) => String(port) === new URL(endpoint).port),
    );
  }
});
