import { findFreePort } from '../../src/backends/database-process.ts';
import { startDynamoDb } from '../../src/start-dynamo-db.ts';
import { startHttpServer } from '../support/http-server.ts';

describe(startDynamoDb, () => {
  it('takes the DynamoDB that runs already, with the credentials and the Region of the environment', async () => {
    const server = await startHttpServer();
    const env = {
      DYNAMODB_ENDPOINT: server.endpoint,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'id',
      AWS_SECRET_ACCESS_KEY: 'secret',
    };
    const lines: string[] = [];

    const dynamoDb = await startDynamoDb({ env, log: (line) => lines.push(line) });
    await dynamoDb.stop();

    expect(dynamoDb).toMatchObject({
      backend: 'endpoint',
      endpoint: server.endpoint,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
    });
    expect(lines).toEqual([`DynamoDB: endpoint (from DYNAMODB_ENDPOINT) at ${server.endpoint}`]);
    await expect(fetch(server.endpoint)).resolves.toHaveProperty('status', 400);
    await server.stop();
  });

  it('invents credentials and a Region where the environment has none', async () => {
    const server = await startHttpServer();

    const dynamoDb = await startDynamoDb({ env: { DYNAMODB_ENDPOINT: server.endpoint } });
    await server.stop();

    expect(dynamoDb.region).toBe('us-east-1');
    expect(dynamoDb.credentials.accessKeyId).toMatch(/^[A-Za-z0-9]+$/);
  });

  it('fails when the named DynamoDB does not answer', async () => {
    const endpoint = `http://127.0.0.1:${await findFreePort()}`;

    await expect(startDynamoDb({ env: { DYNAMODB_ENDPOINT: endpoint } })).rejects.toThrow(`${endpoint} gave no answer`);
  });

  it('fails when the forced backend cannot start, although another could', async () => {
    const env = { CNOP_DYNAMODB: 'docker', DOCKER_HOST: 'unix:///nonexistent/docker.sock' };

    await expect(startDynamoDb({ env })).rejects.toThrow(
      /^No DynamoDB could be started\. Tried:\n {2}docker: the Docker daemon does not answer \(.*ENOENT.*\)$/,
    );
  });

  it('names every backend that was tried and why it failed', async () => {
    const env = { DOCKER_HOST: 'ssh://docker', JAVA_HOME: '/nonexistent' };

    await expect(startDynamoDb({ env, prefer: ['docker', 'java'] })).rejects.toThrow(
      "Tried:\n  docker: DOCKER_HOST 'ssh://docker' is neither unix:// nor tcp://\n  java: there is no java",
    );
  });
});
