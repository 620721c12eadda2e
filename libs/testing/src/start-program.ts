import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** How to start a program. */
export interface StartProgramOptions {
  /** What it is given on its command line. */
  readonly args?: readonly string[];
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

const running = new Set<RunningProgram>();

/**
 * Starts a file with this process's Node, as its users would: to see what a service prints, and how it ends on a signal.
 *
 * It has no standard input. What a test leaves running ends by {@link killPrograms}.
 */
export function startProgram(
  file: string,
  { args = [], env, execArgv = [] }: StartProgramOptions = {},
): RunningProgram {
  const child = spawn(process.execPath, [...execArgv, file, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  const ended = once(child, 'close').then(([code, signal]: unknown[]) => ({
    code: (code ?? signal) as number | NodeJS.Signals,
    ...output,
  }));

  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));

  const program: RunningProgram = {
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

  running.add(program);
  void ended.then(() => running.delete(program));
  return program;
}

/** Kills whatever {@link startProgram} has started in this process and still runs, and waits for its end: for after each test. */
export async function killPrograms(): Promise<void> {
  const left = [...running];

  for (const program of left) program.kill('SIGKILL');
  await Promise.all(left.map(({ ended }) => ended));
}
