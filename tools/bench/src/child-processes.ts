import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Starts the services in a process of their own, whose first message is their address. */
export const startService = (env: NodeJS.ProcessEnv = {}): ChildProcess =>
  fork(fileURLToPath(new URL('./service.ts', import.meta.url)), {
    execArgv: [...process.execArgv, '--expose-gc'],
    env: { ...process.env, ...env },
  });

/**
 * The next message of a process.
 *
 * @throws an Error when the process ends instead.
 */
export async function messageOf<TMessage>(child: ChildProcess): Promise<TMessage> {
  const received = new AbortController();
  const { signal } = received;
  const ended = once(child, 'exit', { signal }).then(() => {
    throw new Error('The process ended too early.');
  });

  try {
    const [message] = (await Promise.race([once(child, 'message', { signal }), ended])) as [TMessage];
    return message;
  } finally {
    received.abort();
  }
}

/** Makes a process end, and waits for it. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (!child.connected) return;

  const ended = once(child, 'exit');
  child.disconnect();
  await ended;
}
