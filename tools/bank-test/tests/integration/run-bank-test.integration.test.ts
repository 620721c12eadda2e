import { existsSync } from 'node:fs';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { runBankTest } from '../../src/run-bank-test.ts';
import { runMain, startMain } from '../support/run-main.ts';

async function tablesLeft(): Promise<string[]> {
  const client = new DynamoDBClient({ endpoint: process.env['DYNAMODB_ENDPOINT']! });
  const { TableNames = [] } = await client.send(new ListTablesCommand());
  client.destroy();

  return TableNames.filter((name) => name.startsWith('bank-'));
}

describe(runBankTest, () => {
  it('finds nothing broken where many requests go wrong, processes crash and outcomes stay unknown', async () => {
    const lines: string[] = [];
    const options = { operations: 400, clients: 12, faultRate: 0.35, env: process.env };

    const report = await runBankTest({ ...options, seed: 4, progress: (line) => lines.push(line) });

    expect(report.broken).toEqual([]);
    expect(report).toMatchObject({ seed: 4, clients: 12, accounts: 4, rounds: 2, operations: 400 });
    for (const kind of ['acknowledged', 'refused', 'unknown', 'crashed']) {
      expect(report.outcomes[kind]).toBeGreaterThan(0);
    }
    expect(report.replacedProcesses).toBe(report.outcomes['crashed']);
    expect(Object.keys(report.faults).length).toBeGreaterThan(10);
    expect(Object.values(report.faults).reduce((sum, count) => sum + count) / report.requests).toBeGreaterThan(0.25);
    expect(report.snapshots).toBeGreaterThan(0);
    expect(report.committed).toBeGreaterThan(100);
    for (const { found, moved } of Object.values(report.totals)) expect(found).toBe(moved);
    expect(report.totals['USD']?.found).not.toBe('0.00');
    expect(report.histories.checked).toBe(8);
    expect(report.histories.operations).toBeGreaterThan(400);
    expect(lines[0]).toMatch(/^bank test with seed 4 on /);
    expect(lines.slice(1).map((line) => line.split(':')[0])).toEqual(['round 1 of 2', 'round 2 of 2']);
    expect(await tablesLeft()).toEqual([]);
  }, 180_000);
});

describe('the command', () => {
  it('starts a DynamoDB of its own, restarts it on its data, and ends with the verdict', async () => {
    const args = ['--operations', '60', '--clients', '4', '--seed', '11', '--backend', 'embedded'];

    const { code, stdout, stderr } = await runMain(args);

    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringContaining('with seed 11 on embedded') as string,
    });
    expect(stderr).toContain('data in ');
    expect(stdout).toMatch(/^seed 11 on embedded [^]*\n60 operations by 4 clients on 4 accounts in 2 rounds/);
    expect(stdout).toMatch(/\n0 broken invariants\n$/);
  }, 120_000);

  it('leaves nothing behind when it is stopped', async () => {
    const child = startMain(['--operations', '100000', '--backend', 'embedded']);
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    let dataDir: string | undefined;
    for await (const chunk of child.stderr.setEncoding('utf8')) {
      dataDir = /data in ([^)]*)/.exec(chunk as string)?.[1];
      if (dataDir) break;
    }
    const before = existsSync(dataDir!);

    child.kill('SIGTERM');

    expect(before).toBe(true);
    expect(await ended).toBe(143);
    expect(existsSync(dataDir!)).toBe(false);
  });

  it('gives the same as one JSON document', async () => {
    const { code, stdout } = await runMain(['--operations', '20', '--seed', '12', '--json']);

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ seed: 12, operations: 20, broken: [] });
  }, 120_000);

  it('explains itself, when it is asked to and when it is called wrongly', async () => {
    const help = await runMain(['--help']);
    const wrong = await runMain(['--seed', 'x']);

    expect(help).toEqual({ code: 0, stderr: '', stdout: expect.stringMatching(/^usage: npm run bank-test/) as string });
    expect(wrong).toMatchObject({ code: 1, stdout: '' });
    expect(wrong.stderr).toMatch(/^--seed must be a positive whole number\n\nusage: /);
  });

  it('ends with one line when there is no DynamoDB', async () => {
    const { code, stdout, stderr } = await runMain([], { DYNAMODB_ENDPOINT: 'nowhere' });

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^Error: DYNAMODB_ENDPOINT .*\n$/);
  });
});
