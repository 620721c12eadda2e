import type { ChildProcess } from 'node:child_process';

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
