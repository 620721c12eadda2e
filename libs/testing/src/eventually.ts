import { sleep } from '@cnop/utils';

const POLL_INTERVAL_MS = 20;
/** Long on any machine, and still before Jest gives a test up without a word of what it waited for. */
const DEADLINE_MS = 240_000;

/**
 * A time-out that passes for real, in milliseconds. For what never answers, and for nothing else: then no load of the machine changes
 * the outcome.
 */
export const timesOutMs = 50;

/**
 * Waits until something is true, and gives what the look at it gave: for what no event announces, such as the end of a process that
 * another process started.
 *
 * Looks again while the result is falsy or the look fails. How long that takes changes no outcome: the deadline is for what never comes.
 *
 * @param what - what is waited for, as a clause: `the port is closed`.
 * @throws Error naming it, with the last failure as its cause, when it is not true after four minutes.
 * @example
 * await eventually('the service is ready', async () => (await fetch(`${url}/health/ready`)).ok);
 */
export async function eventually<TValue>(
  what: string,
  look: () => TValue | Promise<TValue>,
): Promise<Exclude<TValue, false | 0 | 0n | '' | null | undefined>> {
  const deadline = Date.now() + DEADLINE_MS;
  let cause: unknown;

  for (;;) {
    try {
      const value = await look();
      if (value) return value as Exclude<TValue, false | 0 | 0n | '' | null | undefined>;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (Date.now() > deadline) throw new Error(`It never came true that ${what}.`, { cause });
    await sleep(POLL_INTERVAL_MS);
  }
}
