import { setImmediate as nextTurn } from 'node:timers/promises';

/** Lets everything run that is ready, and what that makes ready in turn. */
export async function runWhatIsReady(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await nextTurn();
}

/**
 * Lets the time of Jest's fake timers pass until the work has ended, in steps, between which everything that is ready runs: a time-out
 * comes for what hangs, and for nothing else.
 */
export async function passTimeUntil<TResult>(work: Promise<TResult>, stepMs: number): Promise<TResult> {
  const state = { hasEnded: false };
  const end = () => {
    state.hasEnded = true;
  };
  work.then(end, end);

  for (await runWhatIsReady(); !state.hasEnded; await runWhatIsReady()) await jest.advanceTimersByTimeAsync(stepMs);
  return await work;
}
