import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** The file of the command. */
export const mainFile = join(__dirname, '../../src/main.ts');

/** What Node needs to run the sources. */
export const execArgv = ['--conditions=@cnop/source'];

/** Runs the command to its end. */
export async function runMain(args: readonly string[]) {
  const child = spawn(process.execPath, [...execArgv, mainFile, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);

  return { stdout, stderr, code };
}
