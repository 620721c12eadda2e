import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';

const main = join(__dirname, '../../src/main.ts');
const prefix = `aws-suite-${process.pid}`;
const { DYNAMODB_ENDPOINT: endpoint } = process.env;
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const account = {
  CNOP_AWS_TEST: '1',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  CNOP_AWS_TABLE_PREFIX: prefix,
  DYNAMODB_ENDPOINT: endpoint,
};

const start = (env: NodeJS.ProcessEnv) =>
  spawn(process.execPath, ['--conditions=@cnop/source', '--no-warnings', main], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

async function tablesLeft(): Promise<string[]> {
  const client = new DynamoDBClient({ region: 'us-east-1', endpoint, credentials });
  const names: string[] = [];
  for await (const { TableNames = [] } of paginateListTables({ client }, {})) names.push(...TableNames);
  client.destroy();

  return names.filter((name) => name.startsWith(prefix));
}

describe('the suite for AWS', () => {
  it('plays every scenario, and leaves no table behind', async () => {
    const suite = start(account);
    const ended = once(suite, 'exit');
    const [output, errors] = await Promise.all([text(suite.stdout), text(suite.stderr)]);

    expect(`${errors}${output}`).toMatch(/6 passed, 0 failed; the tables are deleted\n$/);
    expect(await ended).toEqual([0, null]);
    expect(await tablesLeft()).toEqual([]);
  });

  it('deletes its tables on Ctrl-C', async () => {
    const suite = start(account);
    const ended = once(suite, 'exit');
    let output = '';
    let isAsked = false;
    // Its output is read to the end: a process whose reader has gone away ends by that instead.
    suite.stdout.on('data', (chunk) => {
      output += String(chunk);
      if (!isAsked && output.includes('ok ')) isAsked = suite.kill('SIGINT');
    });
    const errors = text(suite.stderr);

    expect({ ended: await ended, errors: await errors }).toEqual({ ended: [130, null], errors: '' });
    expect(output).not.toContain('passed');
    expect(await tablesLeft()).toEqual([]);
  });

  it('sends nothing unless it is asked to', async () => {
    const suite = start({ ...account, CNOP_AWS_TEST: '', DYNAMODB_ENDPOINT: 'http://127.0.0.1:1' });
    const ended = once(suite, 'exit');

    expect(await text(suite.stdout)).toBe('Skipped: CNOP_AWS_TEST is not 1: nothing is sent to AWS.\n');
    expect(await ended).toEqual([0, null]);
  });
});
