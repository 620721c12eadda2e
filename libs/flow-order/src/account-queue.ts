import { sharedErrors } from '@cnop/exceptions';
import { assertWholeSetting } from '@cnop/validation';

/** Lets the work on one account be done one piece at a time, in the order in which it was asked for. */
export interface AccountQueue {
  /**
   * Does the work when everything asked for before on the same account is done, whatever came of that. Accounts do not wait for one
   * another.
   *
   * @throws {@link sharedErrors.ContentionError} at once, with no attempt made, when too many wait already.
   */
  run<TResult>(account: string, work: () => Promise<TResult>): Promise<TResult>;
}

/** How many may wait. */
export interface AccountQueueOptions {
  /** How many callers may wait on one account; further ones are refused. Default 1000. */
  readonly maxWaiting?: number;
}

/**
 * Makes a queue for each account of this process that is busy. Writes of one process to one account then never conflict, and what
 * would have been spent on refused attempts goes into orders. It is no lock: other processes are still held apart by conditions.
 *
 * @throws ConfigurationError when `maxWaiting` is not a whole number from 0.
 * @example
 * const flow = createOrderFlow({ database, accountQueue: createAccountQueue({ maxWaiting: 200 }) });
 */
export function createAccountQueue({ maxWaiting = 1_000 }: AccountQueueOptions = {}): AccountQueue {
  assertWholeSetting('maxWaiting', maxWaiting, { from: 0 });
  const lines = new Map<string, { last: Promise<unknown>; length: number }>();

  return {
    run: async (account, work) => {
      const line = lines.get(account) ?? { last: Promise.resolve(), length: 0 };
      // One is at work, the others wait.
      if (line.length > maxWaiting) throw new sharedErrors.ContentionError({ attempts: 0 });

      const turn = line.last.then(work);
      line.last = turn.catch(() => undefined);
      line.length += 1;
      lines.set(account, line);

      try {
        return await turn;
      } finally {
        line.length -= 1;
        if (line.length === 0) lines.delete(account);
      }
    },
  };
}
