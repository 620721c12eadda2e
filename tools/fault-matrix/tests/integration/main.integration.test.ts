import type { MatrixReport } from '../../src/report/matrix-report.ts';
import { printReport } from '../../src/report/print-report.ts';
import { openRunningTables, type RunningTables } from '../support/plant-balance.ts';
import { runMain } from '../support/run-main.ts';

let tables: RunningTables;

beforeAll(async () => {
  tables = await openRunningTables();
});
afterAll(() => tables.close());

describe('the command of the fault matrix', () => {
  it('prints the same as text and, over several processes, as one JSON document, and leaves no table', async () => {
    const only = ['--only', 'confirm an order', '--only', 'set a price'];
    const json = await runMain([...only, '--processes', '2', '--json']);
    const text = await runMain([...only, '--processes', '1']);

    const { report, durationMs } = JSON.parse(json.stdout) as { report: MatrixReport; durationMs: number };
    const withoutTime = (printed: string) => printed.replace(/in [\d.]+ s/, 'in 0 s');
    expect([json.code, text.code]).toEqual([0, 0]);
    expect(withoutTime(text.stdout)).toBe(withoutTime(`${printReport(report, durationMs)}\n`));
    expect(report.rows.map(({ name }) => name)).toEqual([
      'confirm an order',
      'set a price',
      'set a price that is out of date',
    ]);
    expect(text.stdout).toMatch(/\n0 broken\n$/);
    expect(text.stderr).toContain('Running 3 flows');
    expect(await tables.newTables()).toEqual([]);
  });

  it('ends with 1 when the ledger is broken', async () => {
    const [{ code, stdout }] = await Promise.all([runMain(['--only', 'confirm an order']), tables.plantBalance()]);

    expect(code).toBe(1);
    expect(stdout).toContain('the ledger is broken: available-differs-from-postings mallory USD');
    expect(stdout).not.toMatch(/\n0 broken\n$/);
  });

  it.each([
    [['--seed', 'x'], '--seed must be a positive whole number\n\nusage: '],
    [['--nonsense'], "Unknown option '--nonsense'"],
    [['--only', 'nowhere'], "No flow has a name or method with 'nowhere'."],
  ])('explains itself when it is called with %p', async (args, problem) => {
    const { code, stdout, stderr } = await runMain(args);

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(problem);
  });

  it('explains itself when it is asked to', async () => {
    expect(await runMain(['--help'])).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^usage: npm run fault-matrix/) as string,
      stderr: '',
    });
  });

  it('ends with 1 and one line when there is no DynamoDB', async () => {
    const { code, stdout, stderr } = await runMain(['--only', 'confirm an order'], { DYNAMODB_ENDPOINT: 'nowhere' });

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^Error: DYNAMODB_ENDPOINT .*\n$/);
  });
});
