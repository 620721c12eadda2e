import type { BalanceTransaction } from '@cnop/entities-ledger';
import type { Clock } from '@cnop/utils';

/**
 * When an entry is settled: later than it was made, whatever the clocks of two hosts and the length of a millisecond say. By that a
 * settled entry is told from one that never waited.
 */
export const timeOfSettling = (clock: Clock, { createdAt }: BalanceTransaction): string =>
  new Date(Math.max(clock.now().getTime(), Date.parse(createdAt) + 1)).toISOString();

/** Whether the entry was pending once. */
export const wasSettled = ({ createdAt, updatedAt }: BalanceTransaction): boolean => updatedAt > createdAt;
