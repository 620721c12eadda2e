import { CommandError, runCommand } from '../../src/rehearsal/run-command.ts';

const options = (signal = new AbortController().signal) => ({ cwd: __dirname, env: process.env, signal });

describe(runCommand, () => {
  it('answers with what a line printed', async () => {
    expect(await runCommand('echo one; echo two >&2', options())).toBe('one\n');
  });

  it('says what a line that fails printed, on both outputs', async () => {
    await expect(runCommand('echo out; echo err >&2; exit 3', options())).rejects.toThrow(CommandError);
    await expect(runCommand('echo err >&2; exit 3', options())).rejects.toThrow(
      '`echo err >&2; exit 3` ended with 3.\nerr',
    );
  });

  it('ends all that a line has started when it is to stop', async () => {
    const stopped = new AbortController();
    const running = runCommand('sleep 60 & echo $! >&2; wait', options(stopped.signal));
    setTimeout(() => {
      stopped.abort(new Error('enough'));
    }, 100);

    await expect(running).rejects.toThrow('enough');
  });

  it('starts nothing once it is to stop', async () => {
    await expect(runCommand('true', options(AbortSignal.abort(new Error('enough'))))).rejects.toThrow('enough');
  });
});
