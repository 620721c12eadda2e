import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { eventually, startProgram, testConnection } from '@cnop/testing';

const { region, endpoint, credentials } = testConnection();
const client = new DynamoDBClient({ region, endpoint, credentials });
const main = join(__dirname, '../../src/main.ts');

/** Runs the command to its end. */
const runMain = (args: readonly string[], changed: NodeJS.ProcessEnv = {}) =>
  startProgram(main, { args, env: { ...process.env, ...changed }, execArgv: ['--conditions=@cnop/source'] }).ended;

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
  it('prints the same for the same seed, at one request of four items per order, and leaves no table', async () => {
    const first = await runMain(['--months', '6', '--seed', '3']);
    const again = await runMain(['--months', '6', '--seed', '3']);
    const other = await runMain(['--months', '6', '--seed', '4']);

    expect([first.code, again.code, other.code]).toEqual([0, 0, 0]);
    expect(again.stdout).toBe(first.stdout);
    expect(other.stdout).not.toContain(first.stdout.split('\n', 20).find((line) => line.includes('gambler')));
    const [, orders] =
      /\nEach of (\d+) executed orders: 1\.00 request, 4\.00 items, 8\.00 write units, and 3\.00 of/.exec(
        first.stdout,
      )!;
    expect(first.stderr).toMatch(new RegExp(`^Replaying 6 months on .*\n2000-06: ${orders} orders executed\n$`));
    expect(first.stdout).toMatch(/\n0 broken invariants\n$/);
    expect(await newTables()).toEqual([]);
  });

  it('shows that only who gambles orders more than there is, and repeats orders', async () => {
    const { stdout } = await runMain(['--months', '12']);

    for (const name of ['steady', 'momentum', 'contrarian', 'saver']) {
      expect(stdout).toMatch(new RegExp(` ${name} .* [1-9]\\d* │ +0 │ +0 │\n`));
    }
    expect(stdout).toMatch(/ gambler .* [1-9]\d* │ +[1-9]\d* │ +[1-9]\d* │\n/);
  });

  it('shows which standing orders a price has triggered, when and at what, and what each held', async () => {
    const { stdout } = await runMain(['--months', '9']);
    const rows = stdout.split('\n').map((line) => line.split('│').map((cell) => cell.trim()));
    const rowOf = (...cells: string[]) => rows.find((row) => cells.every((cell) => row.includes(cell)))?.slice(1, -1);

    expect(rowOf('hal', '2000-01')).toEqual(
      ['hal', 'TAKE_PROFIT_BUY', '2000-01', 'stop 96.49', '7199.32 USD', '2000-02', '92.11', 'filled'], // of 100.52
    );
    expect(rowOf('gus', '2000-01')?.slice(5)).toEqual(['2000-03', '', 'COLLAR_EXCEEDED']);
    expect(rowOf('kim', 'OCO_SELL', '2000-02')?.slice(3)).toEqual([
      'limit 46.97, trail 10.00 %',
      '188.394 MSFT',
      '2000-04',
      '28.37',
      'filled',
    ]);
    expect(stdout).toContain('fay, limits on AAPL: 2 orders, 1 filled, 0 failed, 1 expired, 0 open\n');
  });

  it('ends with 1 when an invariant is broken', async () => {
    const [{ code, stdout }] = await Promise.all([runMain(['--months', '6']), plantBalance()]);

    expect(code).toBe(1);
    expect(stdout).toContain('available-differs-from-postings (mallory): ');
    expect(stdout).toMatch(/\n1 broken invariants\n$/);
  });

  it.each([
    [['--seed', 'x'], {}, /^Error: usage: npm run demo/],
    [['--months=0'], {}, /^Error: usage: npm run demo/],
    [['--nonsense'], {}, /Unknown option '--nonsense'/],
    [[], { DYNAMODB_ENDPOINT: 'nowhere' }, /^Error: DYNAMODB_ENDPOINT .*\n$/],
  ])('ends with 1 and the reason: %p %p', async (args, changed, problem) => {
    const stderr: unknown = expect.stringMatching(problem);

    expect(await runMain(args, changed)).toEqual({ code: 1, stdout: '', stderr });
  });
});
