import { setTimeout } from 'node:timers/promises';

/** Waits for so many milliseconds. Everything that waits takes one, so that tests need not. */
export type Sleep = (ms: number) => Promise<void>;

/** Waits by the machine's timers. */
export const sleep: Sleep = async (ms) => {
  await setTimeout(ms);
};
