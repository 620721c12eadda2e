import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { eventually, startProgram } from '@cnop/testing';
import { printReport, type DemoReport } from '../../src/demo-report.ts';

const { env } = process;
const credentials = { accessKeyId: env['AWS_ACCESS_KEY_ID']!, secretAccessKey: env['AWS_SECRET_ACCESS_KEY']! };
const client = new DynamoDBClient({ endpoint: env['DYNAMODB_ENDPOINT']!, region: env['AWS_REGION']!, credentials });
const main = join(__dirname, '../../src/main.ts');

/** Runs the command to its end. */
const runMain = (args: readonly string[], changed: NodeJS.ProcessEnv = {}) =>
  startProgram(main, { args, env: { ...env, ...changed }, execArgv: ['--conditions=@cnop/source'] }).ended;

let tablesBefore: readonly string[] = [];

beforeAll(async () => {
  tablesBefore = await newTables();
});
afterAll(() => client.destroy());

async function newTables(): Promise<string[]> {
  const { TableNames = [] } = await client.send(new ListTablesCommand());

  return TableNames.filter((name) => !tablesBefore.includes(name));
}

/** Puts a balance without a single posting into the tables of a demo, once they exist. */
const plantBalance = () =>
  eventually('a balance has been planted', async () => {
    const TableName = (await newTables()).find((table) => table.endsWith('-ledger'));
    const at = { S: '2000-01-01T00:00:00.000Z' };
    const amounts = { schemaVersion: { N: '1' }, scale: { N: '2' }, availableMinor: { N: '1' }, version: { N: '1' } };
    const key = { pk: { S: 'OWNER#mallory' }, sk: { S: 'BALANCE#USD' } };

    return await client.send(
      new PutItemCommand({ TableName, Item: { ...key, ...amounts, createdAt: at, updatedAt: at } }),
    );
  });

describe('the command of the demonstration', () => {
  it('prints the same as text and as one JSON document, with the progress apart, and leaves no table', async () => {
    const json = await runMain(['--months', '6', '--seed', '3', '--json']);
    const text = await runMain(['--months', '6', '--seed', '3']);

    const report = JSON.parse(json.stdout) as DemoReport;
    expect([json.code, text.code]).toEqual([0, 0]);
    expect(text.stdout).toBe(`${printReport(report)}\n`);
    expect(text.stdout).toMatch(/\n0 broken invariants\n$/);
    expect(text.stderr).toContain('2000-06: ');
    expect(await newTables()).toEqual([]);
  });

  it('ends with 1 when an invariant is broken', async () => {
    const [{ code, stdout }] = await Promise.all([runMain(['--months', '6']), plantBalance()]);

    expect(code).toBe(1);
    expect(stdout).toContain('available-differs-from-postings (mallory): ');
    expect(stdout).toMatch(/\n1 broken invariants\n$/);
  });

  it.each([
    [['--seed', 'x'], {}, /^--seed must be a positive whole number\n\nusage: npm run demo/],
    [['--months=0'], {}, /^--months must be a positive whole number\n/],
    [['--nonsense'], {}, /^Unknown option '--nonsense'/],
    [[], { DYNAMODB_ENDPOINT: 'nowhere' }, /^Error: DYNAMODB_ENDPOINT .*\n$/],
  ])('ends with 1 and the reason: %p %p', async (args, changed, problem) => {
    expect(await runMain(args, changed)).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(problem) as string,
    });
  });
});
