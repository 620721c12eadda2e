import { join } from 'node:path';
import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { startProgram, testConnection } from '@cnop/testing';

const { region, endpoint, credentials } = testConnection();
const account = {
  PATH: process.env['PATH'],
  CNOP_AWS_TEST: '1',
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  DYNAMODB_ENDPOINT: endpoint,
};

const start = (changed: NodeJS.ProcessEnv = {}) =>
  startProgram(join(__dirname, '../../src/main.ts'), {
    env: { ...account, ...changed },
    execArgv: ['--conditions=@cnop/source', '--no-warnings'],
  });

/** The tables that a run has named and not deleted. */
async function tablesLeft(stdout: string): Promise<string[]> {
  const [, named = ''] = /^Tables (.*) in /.exec(stdout) ?? [];
  const client = new DynamoDBClient({ region, endpoint, credentials });
  const names: string[] = [];
  for await (const { TableNames = [] } of paginateListTables({ client }, {})) names.push(...TableNames);
  client.destroy();

  expect(named.split(', ')).toHaveLength(4);
  return names.filter((name) => named.includes(name));
}

describe('the suite for AWS', () => {
  it('plays every scenario, and leaves no table behind', async () => {
    const { code, stdout, stderr } = await start().ended;

    expect(`${stderr}${stdout}`).toMatch(/6 passed, 0 failed; the tables are deleted\n$/);
    expect({ code, left: await tablesLeft(stdout) }).toEqual({ code: 0, left: [] });
  });

  it('deletes its tables on Ctrl-C', async () => {
    const suite = start();
    await suite.printed(/ok /);
    suite.kill('SIGINT');

    const { code, stdout, stderr } = await suite.ended;
    expect({ code, stderr }).toEqual({ code: 130, stderr: '' });
    expect(stdout).not.toContain('passed');
    expect(await tablesLeft(stdout)).toEqual([]);
  });

  it.each(['', '0', 'true'])('sends nothing where CNOP_AWS_TEST is %p', async (CNOP_AWS_TEST) => {
    const { code, stdout } = await start({ CNOP_AWS_TEST, DYNAMODB_ENDPOINT: 'http://127.0.0.1:1' }).ended;

    expect({ code, stdout }).toEqual({ code: 0, stdout: 'Skipped: CNOP_AWS_TEST is not 1: nothing is sent to AWS.\n' });
  });

  it('refuses to run without a region', async () => {
    const { code, stderr } = await start({ AWS_REGION: '' }).ended;

    expect({ code, stderr }).toEqual({ code: 1, stderr: 'Error: AWS_REGION is required.\n' });
  });
});
