/** A task that is carried out again and again. */
export interface Repetition {
  /** No further time; waits for the one that runs. */
  stop(): Promise<void>;
}

/** Carries out a task every so many milliseconds, the first time after that; never twice at once. Its failures are reported. */
export function repeat(task: () => Promise<void>, everyMs: number, onError: (error: unknown) => void): Repetition {
  let current = Promise.resolve();
  let underway = false;
  const timer = setInterval(() => {
    if (underway) return;

    underway = true;
    current = task()
      .catch(onError)
      .finally(() => {
        underway = false;
      });
  }, everyMs);

  return {
    stop: async () => {
      clearInterval(timer);
      await current;
    },
  };
}
