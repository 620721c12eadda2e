import { type ChildProcess, spawn } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sleep } from '@cnop/utils';
import { removeContainers, type DockerAddress } from './backends/docker-containers.ts';

const PATIENCE_MS = 5_000;

/** Ends a child by its own process id and waits until it is gone; with SIGKILL when it has not obeyed in time. */
export async function endChild(child: ChildProcess, signal: NodeJS.Signals, patienceMs = PATIENCE_MS): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;

  child.ref();
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  const lostPatience = setTimeout(() => child.kill('SIGKILL'), patienceMs);

  child.kill(signal);
  await ended;
  clearTimeout(lostPatience);
}

/** Lets this process end by itself although the child still runs. */
export function letGoOf(child: ChildProcess): void {
  child.unref();
  for (const stream of child.stdio) {
    // Pipes to a child are sockets, which Node's types do not say.
    (stream as { unref?: () => void } | null | undefined)?.unref?.();
  }
}

const POLL_INTERVAL_MS = 100;

/** What a guard ends: one process, or the containers with one label. */
export type GuardedTarget =
  | { readonly kind: 'process'; readonly pid: number }
  | { readonly kind: 'containers'; readonly address: DockerAddress; readonly label: string };

/** Ends the target of a guard; one that is gone already is fine. */
export async function endGuarded(target: GuardedTarget, patienceMs = PATIENCE_MS): Promise<void> {
  if (target.kind === 'process') {
    await endProcess(target.pid, patienceMs);
    return;
  }
  await removeContainers(target.address, target.label);
  // One that was just being created when we looked is there by now.
  await sleep(patienceMs);
  await removeContainers(target.address, target.label);
}

async function endProcess(pid: number, patienceMs: number): Promise<void> {
  const deadline = Date.now() + patienceMs;

  if (!send(pid, 'SIGTERM')) return;
  while (Date.now() < deadline) {
    if (!send(pid, 0)) return;
    await sleep(POLL_INTERVAL_MS);
  }
  send(pid, 'SIGKILL');
}

/** Sends a signal; signal 0 only asks. Answers whether the process is there. */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

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
  const extension = extname(import.meta.url);
  const main = fileURLToPath(new URL(`./process-guard-main${extension}`, import.meta.url));
  // From the sources, what it imports has not been built either.
  const options = extension === '.ts' ? ['--no-warnings', '--conditions=@cnop/source'] : [];
  // It learns of our end by the end of its standard input. Detached, because Ctrl-C in a terminal must pass it by.
  const child = spawn(process.execPath, [...options, main, JSON.stringify(target)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });

  child.once('error', () => undefined);
  letGoOf(child);

  return { release: () => endChild(child, 'SIGKILL') };
}
