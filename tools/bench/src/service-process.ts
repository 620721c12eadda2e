import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Starts a module in a process of its own, with which to exchange messages; it ends when it is disconnected. */
export const startProcess = (
  module: URL,
  { flags = [], env = {} }: { readonly flags?: readonly string[]; readonly env?: NodeJS.ProcessEnv },
): ChildProcess =>
  fork(fileURLToPath(module), { execArgv: [...process.execArgv, ...flags], env: { ...process.env, ...env } });

/**
 * The next message of the process.
 *
 * @throws an Error when the process ends instead.
 */
export async function answerOf<TAnswer>(service: ChildProcess): Promise<TAnswer> {
  const answered = new AbortController();
  const { signal } = answered;
  const ended = once(service, 'exit', { signal }).then(() => {
    throw new Error('The service has ended before its time.');
  });

  try {
    const [answer] = (await Promise.race([once(service, 'message', { signal }), ended])) as [TAnswer];
    return answer;
  } finally {
    answered.abort();
  }
}

/** Has the process end, and waits for it. */
export async function endProcess(service: ChildProcess): Promise<void> {
  if (!service.connected) return;

  const ended = once(service, 'exit');
  service.disconnect();
  await ended;
}
