import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** How to start a program. */
export interface StartProgramOptions {
  /** Its whole environment; by default that of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** Options for Node itself, such as `--conditions=…`. */
  readonly execArgv?: readonly string[];
}

/** How a program ended. */
export interface ProgramEnd {
  /** Its exit code, or the signal that ended it. */
  readonly code: number | NodeJS.Signals;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that runs in a process of its own. */
export interface RunningProgram {
  /** The first match in what it prints on standard output, earlier or from now on. Rejects when it ends without. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
  /** Never rejects. */
  readonly ended: Promise<ProgramEnd>;
}

/**
 * Starts a file with this process's Node, as its users would: to see what a service prints, and how it ends on a signal.
 *
 * It has no standard input. End it yourself, also when the test fails.
 */
export function startProgram(file: string, { env, execArgv = [] }: StartProgramOptions = {}): RunningProgram {
  const child = spawn(process.execPath, [...execArgv, file], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  const ended = once(child, 'close').then(([code, signal]: unknown[]) => ({
    code: (code ?? signal) as number | NodeJS.Signals,
    ...output,
  }));

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
