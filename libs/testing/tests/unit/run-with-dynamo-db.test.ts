import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runWithDynamoDb } from '../../src/run-with-dynamo-db.ts';
import { startHttpServer } from '../support/http-server.ts';

describe(runWithDynamoDb, () => {
  const before = { ...process.env };
  let printed: string;

  beforeEach(() => {
    printed = '';
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
      printed += String(text);
      return true;
    });
  });

  afterEach(() => {
    jest.restoreAllMocks();
    process.env = { ...before };
  });

  async function runNode(program: string): Promise<number> {
    const server = await startHttpServer();

    process.env['DYNAMODB_ENDPOINT'] = server.endpoint;
    try {
      return await runWithDynamoDb([process.execPath, '-e', program]);
    } finally {
      await server.stop();
    }
  }

  it("returns the command's exit code", async () => {
    expect(await runNode('process.exit(0)')).toBe(0);
    expect(await runNode('process.exit(7)')).toBe(7);
  });

  it('returns 128 and the number of the signal that ended the command', async () => {
    expect(await runNode(`process.kill(process.pid, 'SIGTERM'); setInterval(() => 0, 1000)`)).toBe(143);
  });

  it('says which DynamoDB it took', async () => {
    await runNode('');

    expect(printed).toMatch(/^DynamoDB: endpoint \(from DYNAMODB_ENDPOINT\) at http:\/\/127\.0\.0\.1:\d+\n$/);
  });

  it('tells the command by its environment', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'cnop-run-'));
    const file = join(directory, 'env.json');

    await runNode(`require('fs').writeFileSync(${JSON.stringify(file)}, JSON.stringify(process.env))`);
    const env = JSON.parse(await readFile(file, 'utf8')) as NodeJS.ProcessEnv;
    await rm(directory, { recursive: true });

    expect(env).toMatchObject({
      DYNAMODB_ENDPOINT: expect.stringMatching(/^http:/) as string,
      CNOP_DYNAMODB_BACKEND: 'endpoint',
      AWS_REGION: expect.any(String) as string,
      AWS_ACCESS_KEY_ID: expect.any(String) as string,
      AWS_SECRET_ACCESS_KEY: expect.any(String) as string,
    });
  });

  it('returns 127 when the command cannot be run', async () => {
    const server = await startHttpServer();
    process.env['DYNAMODB_ENDPOINT'] = server.endpoint;

    expect(await runWithDynamoDb(['/nonexistent/command'])).toBe(127);
    expect(printed).toContain('ENOENT');

    await server.stop();
  });

  it('returns 1 and says why when there is no DynamoDB', async () => {
    process.env['DYNAMODB_ENDPOINT'] = 'nonsense';

    expect(await runWithDynamoDb([process.execPath, '-e', ''])).toBe(1);
    expect(printed).toBe("DYNAMODB_ENDPOINT must be an http or https URL, not 'nonsense'.\n");
  });

  it('returns 2 and tells its usage without a command', async () => {
    expect(await runWithDynamoDb([])).toBe(2);
    expect(printed).toMatch(/^Usage: cnop-with-dynamodb /);
  });
});
