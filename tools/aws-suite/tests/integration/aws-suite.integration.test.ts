import { join } from 'node:path';
import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { startProgram } from '@cnop/testing';

const prefix = `aws-suite-${process.pid}`;
const { DYNAMODB_ENDPOINT: endpoint, PATH } = process.env;
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const account = {
  PATH,
  CNOP_AWS_TEST: '1',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  CNOP_AWS_TABLE_PREFIX: prefix,
  DYNAMODB_ENDPOINT: endpoint,
};

const start = (env: NodeJS.ProcessEnv) =>
  startProgram(join(__dirname, '../../src/main.ts'), { env, execArgv: ['--conditions=@cnop/source', '--no-warnings'] });

async function tablesLeft(): Promise<string[]> {
  const client = new DynamoDBClient({ region: 'us-east-1', endpoint, credentials });
  const names: string[] = [];
  for await (const { TableNames = [] } of paginateListTables({ client }, {})) names.push(...TableNames);
  client.destroy();

  return names.filter((name) => name.startsWith(prefix));
}

describe('the suite for AWS', () => {
  it('plays every scenario, and leaves no table behind', async () => {
    const { code, stdout, stderr } = await start(account).ended;

    expect(`${stderr}${stdout}`).toMatch(/6 passed, 0 failed; the tables are deleted\n$/);
    expect({ code, left: await tablesLeft() }).toEqual({ code: 0, left: [] });
  });

  it('deletes its tables on Ctrl-C', async () => {
    const suite = start(account);
    await suite.printed(/ok /);
    suite.kill('SIGINT');

    const { code, stdout, stderr } = await suite.ended;
    expect({ code, stderr }).toEqual({ code: 130, stderr: '' });
    expect(stdout).not.toContain('passed');
    expect(await tablesLeft()).toEqual([]);
  });

  it('sends nothing unless it is asked to', async () => {
    const { code, stdout } = await start({ ...account, CNOP_AWS_TEST: '', DYNAMODB_ENDPOINT: 'http://127.0.0.1:1' })
      .ended;

    expect({ code, stdout }).toEqual({ code: 0, stdout: 'Skipped: CNOP_AWS_TEST is not 1: nothing is sent to AWS.\n' });
  });
});
