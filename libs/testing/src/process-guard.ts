import { spawn } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endChild, letGoOf } from './child-process.ts';
import type { GuardedTarget } from './end-guarded.ts';

/** A small process that ends something when this process is gone. */
export interface ProcessGuard {
  /** Ends the guard without ending what it guards. */
  release(): Promise<void>;
}

/**
 * Watches over this process from a second one, which ends the target when this one is gone, however that came: by
 * `process.exit`, by a signal, even by `kill -9`.
 */
export function guard(target: GuardedTarget): ProcessGuard {
  const main = fileURLToPath(new URL(`./process-guard-main${extname(import.meta.url)}`, import.meta.url));
  // It learns of our end by the end of its standard input. Detached, because Ctrl-C in a terminal must pass it by.
  const child = spawn(process.execPath, ['--no-warnings', main, JSON.stringify(target)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });

  child.once('error', () => undefined);
  letGoOf(child);

  return { release: () => endChild(child, 'SIGKILL') };
}
