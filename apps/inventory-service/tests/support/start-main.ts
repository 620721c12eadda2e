import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const main = join(__dirname, '../../src/main.ts');

/** The service as a process of its own. */
export interface MainProcess {
  /** The first match in what it prints; rejects when it ends without. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
  /** Its exit code, or the signal that ended it, and what it printed. */
  readonly ended: Promise<{ code: number | NodeJS.Signals; stdout: string; stderr: string }>;
}

/** Starts the command; whatever still runs is killed after the test. */
export function startMain(env: NodeJS.ProcessEnv): MainProcess {
  const child = spawn(process.execPath, ['--conditions=@cnop/source', main], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  const ended = once(child, 'close').then(([code, signal]: unknown[]) => ({
    code: (code ?? signal) as number | NodeJS.Signals,
    ...output,
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
          if (match) resolve(match);
        };
        child.stdout.on('data', look);
        look();
        void ended.then(({ code, stderr }) => {
          reject(new Error(`It ended with ${code}: ${stderr}`));
        });
      }),
  };
}

const running = new Set<ReturnType<typeof spawn>>();

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});
