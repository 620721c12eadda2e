import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const mainFile = join(__dirname, '../../src/main.ts');

/** Runs the command to its end. */
export async function runMain(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return await endOf(startMain(args, env));
}

/** Starts the command. */
export function startMain(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return spawn(process.execPath, ['--conditions=@cnop/source', mainFile, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
}

async function endOf(child: ReturnType<typeof startMain>) {
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);

  return { stdout, stderr, code };
}
