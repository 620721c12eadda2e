import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const PATIENCE_MS = 5_000;

/** Where and how a command runs. */
export interface CommandOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Ends the command, and every process that it started, when it fires. */
  readonly signal: AbortSignal;
}

/** A command that ended with another code than 0. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(command: string, code: number | string, output: string) {
    super(`\`${command}\` ended with ${code}.\n${output}`);
  }
}

/**
 * Runs a line of shell and answers with what it printed on standard output.
 *
 * It runs in a process group of its own, so that an end of the rehearsal reaches all that the line has started.
 *
 * @throws {@link CommandError} with the whole output when the line fails; the reason of `signal` when that has fired.
 */
export async function runCommand(command: string, { cwd, env, signal }: CommandOptions): Promise<string> {
  signal.throwIfAborted();
  const child = spawn('sh', ['-c', command], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const end = () => void endGroup(child);
  const output = { out: '', all: '' };

  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.out += text;
    output.all += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.all += text;
  });
  signal.addEventListener('abort', end);
  try {
    const [code, killedBy] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    signal.throwIfAborted();
    if (code !== 0) throw new CommandError(command, code ?? killedBy ?? 'nothing', output.all);
    return output.out;
  } finally {
    signal.removeEventListener('abort', end);
  }
}

/** Asks the whole group to end, and makes it when it has not in time. */
async function endGroup(child: ChildProcess): Promise<void> {
  const lostPatience = setTimeout(() => {
    signalGroup(child, 'SIGKILL');
  }, PATIENCE_MS);

  signalGroup(child, 'SIGTERM');
  await once(child, 'close');
  clearTimeout(lostPatience);
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return; // it never started
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
