import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sharedErrors } from '@cnop/exceptions';
import { runUntilSignal } from '@cnop/middleware';

let stderr = '';

beforeEach(() => {
  // The deadline of a stop outlives its test, and would end the process of other tests.
  jest.useFakeTimers();
  stderr = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += String(text);
    return true;
  });
  jest.spyOn(process, 'exit').mockImplementation((() => undefined) as never);
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
  process.removeAllListeners('SIGTERM').removeAllListeners('SIGINT').removeAllListeners('beforeExit');
  process.exitCode = 0;
});

describe(runUntilSignal, () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('stops on %s what it has started, once', async (signal) => {
    const stop = jest.fn(async () => undefined);
    const start = jest.fn(async () => ({ stop }));
    const run = runUntilSignal('it', start);

    process.emit(signal);
    process.emit(signal);
    await run;

    expect([start.mock.calls.length, stop.mock.calls.length, stderr]).toEqual([1, 1, '']);
  });

  it('ends with 0 under signals that come up to its last moment', async () => {
    const main = join(__dirname, '../../support/signalled-main.ts');
    const child = spawn(process.execPath, ['--conditions=@cnop/source', main]);
    await once(child.stdout, 'data');
    const ended = once(child, 'close');

    while (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGINT');
      await nextTurn();
    }

    expect(await ended).toEqual([0, null]);
  });

  it.each<[Error, string | RegExp]>([
    [new Error('no way'), 'it: no way\n'],
    [
      new sharedErrors.ConfigurationError({ settings: [{ setting: 'PORT', rule: 'must be a port number' }] }),
      'it: configuration: PORT must be a port number\n',
    ],
    [
      new sharedErrors.CredentialsUnavailableError({ roleArn: 'arn:aws:iam::1:role/r' }),
      'it: arn:aws:iam::1:role/r could not be assumed\n',
    ],
  ])('says in one line that it could not start: %p', async (error, line) => {
    await runUntilSignal('it', () => Promise.reject(error));

    expect(stderr).toMatch(typeof line === 'string' ? new RegExp(`^${line}$`) : line);
    expect(process.exitCode).toBe(1);
  });

  it('ends what does not stop in time', async () => {
    let release = (): void => undefined;
    const stop = () => new Promise<void>((resolve) => (release = resolve));
    const run = runUntilSignal('it', async () => ({ stop }), { stopWithinMs: 15_000 });
    process.emit('SIGTERM');
    await nextTurn();

    jest.advanceTimersByTime(14_999);
    expect(process.exit).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);

    expect(stderr).toBe('it: it did not stop within 15000 ms.\n');
    expect(process.exit).toHaveBeenCalledWith(1);
    release();
    await run;
  });
});
