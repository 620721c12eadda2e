/**
 * Runs `action`, but not longer than `timeoutMs`: then its signal aborts and the result is a rejection named `TimeoutError`, whether or
 * not the action heeds the signal.
 */
export async function withDeadline<TResult>(
  timeoutMs: number,
  action: (signal: AbortSignal) => Promise<TResult>,
): Promise<TResult> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;

  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new DOMException('The call took too long.', 'TimeoutError'));
      controller.abort();
    }, timeoutMs);
  });

  try {
    return await Promise.race([action(controller.signal), deadline]);
  } finally {
    clearTimeout(timer);
  }
}
