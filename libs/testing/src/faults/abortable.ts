/** Lets the caller go when its abort signal says so; what it waited for goes on. */
export async function abortable<TResult>(work: Promise<TResult>, options: object | undefined): Promise<TResult> {
  const { abortSignal: signal } = (options ?? {}) as { abortSignal?: AbortSignal };
  if (!signal) return await work;

  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      reject(Object.assign(new Error('Request aborted'), { name: 'AbortError', cause: signal.reason as unknown }));
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });

  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
