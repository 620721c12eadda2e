import fc from 'fast-check';
import { runCommand } from '../../src/run-command.ts';

const flags = ['--segments', '--json', '--quiet', '--help', '-h', '--', '-', '--segments=', '--no-json', '--json=1'];
const numbers = ['0', '-1', '1e3', '0x10', '1.5', 'NaN', '9'.repeat(400), '4\n', ' 4', '４'];
const codeUnits = fc.nat({ max: 0xffff }).map((unit) => String.fromCharCode(unit));
const argumentLists = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...flags) },
    { weight: 2, arbitrary: fc.constantFrom(...numbers) },
    { weight: 1, arbitrary: fc.constantFrom('__proto__', '--__proto__', '--constructor=1', '') },
    { weight: 1, arbitrary: fc.string({ unit: codeUnits, maxLength: 40 }) },
  ),
  { maxLength: 5 },
);

/** Runs the command without any setting, so that it ends before it sends a request. */
async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const written = { stdout: '', stderr: '' };
  const output = (name: keyof typeof written) => ({ write: (text: string) => (written[name] += text) });
  const exitCode = await runCommand({ args, env, stdout: output('stdout'), stderr: output('stderr') });

  return { exitCode, ...written };
}

describe('the environment of cnop-ledger-audit', () => {
  it('need not name the table of users: an empty variable is none', async () => {
    const { exitCode, stderr } = await run([], { CNOP_TABLE_USERS: '' });

    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/CNOP_TABLE_LEDGER is required/);
    expect(stderr).not.toMatch(/CNOP_TABLE_USERS/);
  });
});

describe('the arguments of cnop-ledger-audit', () => {
  it('print the usage, or are refused in one line, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(argumentLists, async (args) => {
        const { exitCode, stdout, stderr } = await run(args);

        expect(exitCode === 0 ? stdout : '').toMatch(exitCode === 0 ? /^Usage: / : /^$/);
        expect(stderr).toMatch(exitCode === 0 ? /^$/ : /^cnop-ledger-audit: [^\n]+\n$/);
        expect([0, 2]).toContain(exitCode);
      }),
      { numRuns: 500 },
    );
  });

  it.each([...numbers, ''])('takes %j for no number of segments', async (segments) => {
    const { stderr } = await run([`--segments=${segments}`]);

    expect(stderr).toMatch(/--segments must be a whole number|AWS_REGION/);
    expect(stderr.includes('AWS_REGION')).toBe(/^\d+$/.test(segments) && segments.length < 8);
  });
});
