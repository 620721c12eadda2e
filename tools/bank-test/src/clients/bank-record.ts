import { createAttempt, type Attempt, type StepRecord } from '@cnop/simulation';
import type { Amounts } from '../history/amounts.ts';
import type { Caller } from '../network/observed-handler.ts';
import type { BankStep } from './step.ts';

/** A call with its times, in the order of all that happens in a round. */
export interface TimedAttempt extends Attempt, Caller {
  readonly calledAt: number;
  /** Infinity while it is under way. */
  endedAt: number;
  /** When the database last answered one of its requests, and one that was to change something. */
  answeredAt: number | undefined;
  writeAnsweredAt: number | undefined;
}

/** What an operation is to its account. */
export interface AccountTask {
  readonly owner: string;
  /** What it changes if it is carried out; absent where it only looks. */
  readonly change?: Amounts;
  /** What a look has shown. */
  readonly seen?: () => Partial<Amounts> | undefined;
  /** The id of the order that it refunds. */
  readonly refundOf?: string;
}

/** A step with every call that was made for it. */
export interface BankRecord extends StepRecord, AccountTask {
  readonly step: BankStep;
  readonly attempts: TimedAttempt[];
}

/** Prepares a call, now. */
export function createTimedAttempt(tick: () => number): TimedAttempt {
  const attempt: TimedAttempt = Object.assign(createAttempt([], tick), {
    calledAt: tick(),
    endedAt: Infinity,
    answeredAt: undefined,
    writeAnsweredAt: undefined,
    answered: ({ isTransactWrite, isSuccess }: Parameters<Caller['answered']>[0]) => {
      attempt.answeredAt = tick();
      if (!isTransactWrite) return;
      attempt.writeAnsweredAt = attempt.answeredAt;
      // All transactions of a call are one: it has taken effect by the first success.
      if (isSuccess && attempt.changedAt.length === 0) attempt.changed();
    },
  });
  return attempt;
}
