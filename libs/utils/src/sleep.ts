/** Waits for that many milliseconds. Everything that waits takes one, so that tests need not. */
export type Sleep = (ms: number) => Promise<void>;

/** Waits by the machine's timers. */
export const sleep: Sleep = (ms) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
