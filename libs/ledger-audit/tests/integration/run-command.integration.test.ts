import { runCommand } from '../../src/run-command.ts';
import { balanceKey } from '../support/test-ledger.ts';
import { useLedger } from '../support/use-ledger.ts';

describe(runCommand, () => {
  const ledger = useLedger();

  async function run(
    args: readonly string[],
    { isTTY = false, env = {} }: { isTTY?: boolean; env?: Readonly<Record<string, string | undefined>> } = {},
  ) {
    const { users, ledger: money, orders, inventory } = ledger().tables;
    const written = { stdout: '', stderr: '' };
    const exitCode = await runCommand({
      args,
      env: {
        AWS_REGION: 'us-east-1',
        DYNAMODB_ENDPOINT: process.env.DYNAMODB_ENDPOINT,
        CNOP_TABLE_USERS: users,
        CNOP_TABLE_LEDGER: money,
        CNOP_TABLE_ORDERS: orders,
        CNOP_TABLE_INVENTORY: inventory,
        ...env,
      },
      stdout: { write: (text) => (written.stdout += text) },
      stderr: { isTTY, write: (text) => (written.stderr += text) },
    });

    return { exitCode, ...written };
  }

  it('returns 0 for a sound ledger and clears its progress on a terminal', async () => {
    const { exitCode, stdout, stderr } = await run(['--segments=1'], { isTTY: true });

    expect(stdout).toMatch(/\n0 broken invariants\n$/);
    expect(stderr.endsWith('\r\u001B[K')).toBe(true);
    expect(exitCode).toBe(0);
  });

  it('checks no e-mail claims where no users table is named', async () => {
    const { exitCode, stdout } = await run(['--json', '--quiet'], { env: { CNOP_TABLE_USERS: undefined } });

    expect(JSON.parse(stdout)).toMatchObject({ brokenCount: 0, counts: { users: 0, emailClaims: 0 } });
    expect(exitCode).toBe(0);
  });

  it('returns 1 for a broken one', async () => {
    await ledger().change('ledger', balanceKey('ada', 'USD'), { availableMinor: 1n });

    const { exitCode, stdout } = await run(['--json', '--quiet']);

    expect(JSON.parse(stdout)).toMatchObject({ brokenCount: 1 });
    expect(exitCode).toBe(1);
  });

  it.each<[string, { args?: string[]; env?: Record<string, string | undefined>; reason: RegExp }]>([
    ['a setting is missing', { env: { CNOP_TABLE_ORDERS: undefined }, reason: /CNOP_TABLE_ORDERS/ }],
    ['a table is missing', { env: { CNOP_TABLE_ORDERS: 'no-such-table' }, reason: /ResourceNotFoundException/ }],
    ['a flag is unknown', { args: ['--segment=2'], reason: /--segment/ }],
    ['segments are no number', { args: ['--segments', 'all'], reason: /--segments must be a whole number/ }],
    ['segments are none', { args: ['--segments', '0'], reason: /segments/ }],
  ])('returns 2 and one line of reason when %s', async (_, { args = [], env, reason }) => {
    const { exitCode, stdout, stderr } = await run(args, { env });

    expect(stderr).toMatch(reason);
    expect(stderr).toMatch(/^cnop-ledger-audit: [^\n]+\n$/);
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
  });

  it('returns 2 with the reason when it cannot run', async () => {
    const { exitCode, stderr } = await run(['--segments=9999999']);

    expect(stderr).toContain('segments must be a whole number from 1 to 256');
    expect(exitCode).toBe(2);
  });
});
