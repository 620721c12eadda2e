import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A program as a process of its own. */
export interface RunningProgram {
  /** The first match in what it prints; rejects when it ends without. */
  printed(pattern: RegExp): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  /** Its exit code, or the signal that ended it, and what it said on standard error. */
  readonly ended: Promise<{ readonly code: number | NodeJS.Signals; readonly stderr: string }>;
}

const running = new Set<ChildProcess>();

/** Runs a program of this folder; what still runs is killed after the test. */
export function runProgram(name: string, env: Readonly<Record<string, string>> = {}): RunningProgram {
  const child = spawn(process.execPath, ['--conditions=@cnop/source', join(__dirname, name)], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  const ended = once(child, 'close').then(([code, signal]: unknown[]) => ({
    code: (code ?? signal) as number | NodeJS.Signals,
    stderr: output.stderr,
  }));

  running.add(child);
  void ended.then(() => running.delete(child));
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));

  return {
    ended,
    kill: (signal) => void child.kill(signal),
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(output.stdout);
          if (match) resolve(match[0]);
        };
        child.stdout.on('data', look);
        look();
        void ended.then(({ code, stderr }) => {
          reject(new Error(`It ended with ${code}: ${stderr}`));
        });
      }),
  };
}

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});
