import { type ChildProcess, spawn } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A small process that ends something when this process is gone. */
export interface ProcessGuard {
  /** Ends the guard without ending what it guards. */
  release(): Promise<void>;
}

/**
 * Watches over this process from a second one and cleans up when this one is gone, however it ends: by `process.exit`,
 * by a signal, even by `kill -9`.
 *
 * @param target - what to end: `['process', pid]`, or `['containers', dockerAddress, label]`.
 */
export function guard(target: readonly string[]): ProcessGuard {
  // The guard sees our end as the end of its standard input. It is detached so that Ctrl-C in a terminal passes it by.
  const script = fileURLToPath(new URL(`./process-guard-main${extname(import.meta.url)}`, import.meta.url));
  const child = spawn(process.execPath, ['--no-warnings', script, ...target], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });

  child.stdin.on('error', () => undefined);
  child.unref();
  (child.stdin as { unref?: () => void }).unref?.();

  return { release: () => endChild(child, 'SIGKILL') };
}

/** Ends a child by its own process id and waits until it is gone; hard when it has not obeyed in time. */
export async function endChild(child: ChildProcess, signal: NodeJS.Signals, patienceMs = 5_000): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return;

  child.ref();
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  const impatience = setTimeout(() => child.kill('SIGKILL'), patienceMs);

  child.kill(signal);
  await ended;
  clearTimeout(impatience);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
