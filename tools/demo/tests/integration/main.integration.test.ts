import { DynamoDBClient, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { eventually } from '@cnop/testing';
import type { DemoReport } from '../../src/demo-report.ts';
import { printReport } from '../../src/print-report.ts';
import { runMain } from '../support/run-main.ts';

const credentials = {
  accessKeyId: process.env['AWS_ACCESS_KEY_ID']!,
  secretAccessKey: process.env['AWS_SECRET_ACCESS_KEY']!,
};
const client = new DynamoDBClient({
  endpoint: process.env['DYNAMODB_ENDPOINT']!,
  region: process.env['AWS_REGION']!,
  credentials,
});

let tablesBefore: readonly string[] = [];

beforeAll(async () => {
  tablesBefore = await newTables();
});
afterAll(() => client.destroy());

async function newTables(): Promise<string[]> {
  const { TableNames = [] } = await client.send(new ListTablesCommand());

  return TableNames.filter((name) => !tablesBefore.includes(name));
}

/** Puts a balance without a single posting into the tables of a demo, once they are there. */
async function plantBalance(): Promise<void> {
  await eventually('the balance is planted', async () => {
    const name = (await newTables()).find((table) => table.endsWith('-ledger'));
    const balance = {
      pk: { S: 'OWNER#mallory' },
      sk: { S: 'BALANCE#USD' },
      schemaVersion: { N: '1' },
      scale: { N: '2' },
      availableMinor: { N: '1' },
      version: { N: '1' },
      createdAt: { S: '2000-01-01T00:00:00.000Z' },
      updatedAt: { S: '2000-01-01T00:00:00.000Z' },
    };
    // It fails while the table is still being created.
    return name !== undefined && (await client.send(new PutItemCommand({ TableName: name, Item: balance })));
  });
}

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
    [['--seed', 'x'], '--seed must be a positive whole number\n\nusage: '],
    [['--nonsense'], "Unknown option '--nonsense'"],
  ])('explains itself when it is called with %p', async (args, problem) => {
    const { code, stdout, stderr } = await runMain(args);

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(problem);
    expect(stderr).toContain('usage: npm run demo');
  });

  it('explains itself when it is asked to', async () => {
    expect(await runMain(['--help'])).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^usage: npm run demo/) as string,
      stderr: '',
    });
  });

  it('ends with 1 and one line when there is no DynamoDB', async () => {
    const { code, stdout, stderr } = await runMain([], { DYNAMODB_ENDPOINT: 'nowhere' });

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^Error: DYNAMODB_ENDPOINT .*\n$/);
  });
});
