import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describeBackends } from '../support/describe-backends.ts';
import { isRunning } from '../support/processes.ts';

const main = join(__dirname, '../../src/with-dynamodb.ts');
const report = 'process.stdout.write(JSON.stringify({ pid: process.pid, env: process.env }));';
const idle = 'setInterval(() => undefined, 1_000);';

/** Runs the command around a small Node program, which first prints its environment. */
async function startCommand(env: NodeJS.ProcessEnv, program: string) {
  const child = spawn(
    process.execPath,
    ['--no-warnings', '--conditions=@cnop/source', main, process.execPath, '-e', report + program],
    {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let stderr = '';
  child.stderr.on('data', (data) => (stderr += String(data)));
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const [data] = (await Promise.race([once(child.stdout, 'data'), ended])) as [unknown];

  return { child, ended, report: data, stderr: () => stderr };
}

function parseReport(report: unknown) {
  return JSON.parse(String(report)) as { pid: number; env: Record<string, string | undefined> };
}

// One backend is enough here: the command does not know them apart.
describeBackends('with-dynamodb', ['embedded'], ({ name, env }) => {
  it("tells the command which DynamoDB it has, and ends with the command's code", async () => {
    const own = { ...env, AWS_PROFILE: 'work', AWS_SESSION_TOKEN: 'secret', AWS_ACCESS_KEY_ID: 'mine' };
    const { ended, report, stderr } = await startCommand(own, 'process.exitCode = 5;');
    const { env: given } = parseReport(report);

    expect(await ended).toEqual([5, null]);
    expect(given).toMatchObject({ CNOP_DYNAMODB_BACKEND: name, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local' });
    expect(given).not.toHaveProperty('AWS_PROFILE');
    expect(given).not.toHaveProperty('AWS_SESSION_TOKEN');
    expect(stderr()).toMatch(new RegExp(`^DynamoDB: ${name} \\(.*\\) at ${given['DYNAMODB_ENDPOINT'] ?? ''}\n$`));
    await expect(fetch(given['DYNAMODB_ENDPOINT'] ?? '')).rejects.toThrow();
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('passes %s on to the command and ends with %i', async (signal, exitCode) => {
    const { child, ended, report } = await startCommand(env, idle);
    const { pid, env: given } = parseReport(report);

    child.kill(signal);

    expect(await ended).toEqual([exitCode, null]);
    expect(isRunning(pid)).toBe(false);
    await expect(fetch(given['DYNAMODB_ENDPOINT'] ?? '')).rejects.toThrow();
  });
});

describe('with-dynamodb without a DynamoDB', () => {
  it('ends with 1 and says why, and does not run the command', async () => {
    const env = { ...process.env, DYNAMODB_ENDPOINT: '', CNOP_DYNAMODB: 'java', JAVA_HOME: '/nonexistent' };
    const { ended, report, stderr } = await startCommand(env, '');

    expect(await ended).toEqual([1, null]);
    expect(report).toBe(1);
    expect(stderr()).toBe('No DynamoDB could be started. Tried:\n  java: there is no java\n');
  });
});
