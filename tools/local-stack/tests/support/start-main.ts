import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const main = join(__dirname, '../../src/main.ts');
const dynamoDbLine = /^DynamoDB: .* at (http\S+)$/m;
const running = new Set<ReturnType<typeof spawn>>();

/** The local stack as a process of its own, which starts a DynamoDB in its own order. */
export interface MainProcess {
  /** Where its DynamoDB is. Rejects when it ends before it has one. */
  dynamoDb(): Promise<string>;
  /** Where it serves. Rejects when it ends before. */
  url(): Promise<string>;
  /** The password of the administrator, as it prints it. */
  adminPassword(): Promise<string>;
  kill(signal: NodeJS.Signals): void;
  /** Its exit code, or the signal that ended it, and what it printed. */
  readonly ended: Promise<{ code: number | NodeJS.Signals; stdout: string; stderr: string }>;
}

/** Starts the command; whatever still runs is killed after the test. */
export function startMain(settings: NodeJS.ProcessEnv): MainProcess {
  const env = { ...process.env, DYNAMODB_ENDPOINT: '', CNOP_DYNAMODB: '', ...settings };
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

  const printed = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const [, part] = pattern.exec(output.stdout) ?? [];
        if (part !== undefined) resolve(part);
      };
      child.stdout.on('data', look);
      look();
      void ended.then(({ code, stderr }) => {
        reject(new Error(`It ended with ${code}: ${stderr}`));
      });
    });

  return {
    ended,
    kill: (signal) => void child.kill(signal),
    dynamoDb: () => printed(dynamoDbLine),
    adminPassword: () => printed(/^User of the role admin: admin (\S+)$/m),
    url: () => printed(/^Serving .* at (http[^\s,]+), /m),
  };
}

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});
