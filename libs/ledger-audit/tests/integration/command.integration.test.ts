import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { LedgerReport } from '@cnop/ledger-audit';
import { balanceKey } from '../support/test-ledger.ts';
import { useLedger } from '../support/use-ledger.ts';

const cli = join(__dirname, '../../src/cli.ts');

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('the command cnop-ledger-audit', () => {
  const ledger = useLedger();

  const run = (args: readonly string[], env: Record<string, string | undefined> = {}): Promise<Ended> => {
    const { users, ledger: money, orders, inventory } = ledger().tables;
    const tables = {
      CNOP_TABLE_USERS: users,
      CNOP_TABLE_LEDGER: money,
      CNOP_TABLE_ORDERS: orders,
      CNOP_TABLE_INVENTORY: inventory,
    };
    const child = spawn(process.execPath, ['--conditions=@cnop/source', cli, ...args], {
      env: { ...process.env, NODE_OPTIONS: '', ...tables, ...env },
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (text: Buffer) => (output.stdout += text.toString()));
    child.stderr.on('data', (text: Buffer) => (output.stderr += text.toString()));

    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (exitCode) => resolve({ exitCode, ...output }));
    });
  };

  it('exits with 0 and says so when nothing is broken', async () => {
    const { exitCode, stdout, stderr } = await run(['--segments', '2']);

    expect(stderr).toBe('');
    expect(stdout).toMatch(
      /^Read 1 owners, 1 balances, 1 journal entries, .* 0 orders \(0 open\), 1 users, 1 e-mail claims, 0 assets, 0 ticks and 0 other items/,
    );
    expect(stdout).toMatch(/\n0 broken invariants\n$/);
    expect(exitCode).toBe(0);
  });

  it('exits with 1 and names what is broken', async () => {
    await ledger().change('ledger', balanceKey('ada', 'USD'), { availableMinor: 1n });

    const { exitCode, stdout } = await run(['--quiet']);

    expect(stdout).toContain('Invariant 1, available-differs-from-postings, owner ada, code USD');
    expect(stdout).toContain('expected: 100000');
    expect(stdout).toMatch(/\n1 broken invariants\n$/);
    expect(exitCode).toBe(1);
  });

  it('prints one JSON document with --json', async () => {
    await ledger().change('ledger', balanceKey('ada', 'USD'), { availableMinor: 10n ** 22n });

    const { exitCode, stdout } = await run(['--json']);

    const report = JSON.parse(stdout) as LedgerReport;
    expect(report).toMatchObject({ brokenCount: 1, unsettledCount: 0, counts: { users: 1, balances: 1 } });
    expect(report.broken).toMatchObject([{ found: (10n ** 22n).toString() }]);
    expect(exitCode).toBe(1);
  });

  it('exits with 2 and one line of reason when DynamoDB cannot be reached', async () => {
    const { exitCode, stdout, stderr } = await run([], { DYNAMODB_ENDPOINT: 'http://127.0.0.1:1' });

    expect(stderr).toMatch(/^cnop-ledger-audit: [^\n]*ECONNREFUSED[^\n]*\n$/);
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
  });

  it('explains itself', async () => {
    const { exitCode, stdout } = await run(['--help']);

    expect(stdout).toContain('Usage: cnop-ledger-audit');
    expect(exitCode).toBe(0);
  });
});
