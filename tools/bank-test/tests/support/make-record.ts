import type { Outcome, WriteOperation } from '@cnop/simulation';
import { createTimedAttempt, type BankRecord, type TimedAttempt } from '../../src/clients/bank-record.ts';

/** A call with its times and what came of it. */
export function makeAttempt(outcome: Outcome, times: Partial<TimedAttempt> = {}): TimedAttempt {
  return Object.assign(
    createTimedAttempt(() => 1),
    { outcome, ...times },
  );
}

const operation: WriteOperation = {
  effect: { name: 'deposit', find: () => [] },
  call: () => Promise.reject(new Error()),
};

/** A deposit of 5 with these calls, unless something else is asked for. */
export const makeRecord = (attempts: readonly TimedAttempt[], overrides: Partial<BankRecord> = {}): BankRecord => ({
  step: { kind: 'deposit', id: 7, account: 0, amountMinor: 5 },
  owner: 'user-0',
  change: { cash: 5n, asset: 0n },
  operation,
  attempts: [...attempts],
  ...overrides,
});
