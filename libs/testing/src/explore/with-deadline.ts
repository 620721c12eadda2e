interface DeadlineOptions<TResult> {
  /** What is waited for, to be named when it does not come. */
  readonly what: string;
  readonly work: Promise<TResult>;
  readonly timeoutMs: number;
}

/** Waits for so long and no longer. Leaves no timer. */
export async function withDeadline<TResult>({ what, work, timeoutMs }: DeadlineOptions<TResult>): Promise<TResult> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${what} did not end within ${timeoutMs} ms.`));
    }, timeoutMs);
  });

  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
