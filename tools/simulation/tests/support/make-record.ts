import type { Attempt, Outcome, StepRecord } from '../../src/client/attempt.ts';
import { noAmounts, type Amounts } from '../../src/workload/market.ts';
import type { EffectRecord, RestingTables, WriteOperation } from '../../src/workload/operation.ts';

export const acknowledged = (change: Amounts, replayed = false): Outcome => ({
  kind: 'acknowledged',
  acknowledgement: { id: 'entry-1', change, replayed },
});

export const insufficient = (available: string, required: string, code = 'USD'): Outcome => ({
  kind: 'refused',
  code: 'BALANCE_INSUFFICIENT',
  details: { code, available, required },
});

export interface RecordOptions {
  readonly kind?: string;
  readonly name?: string;
  readonly isShared?: boolean;
  /** Who gets the opposite of what it changes. */
  readonly receiver?: string;
  /** What the tables have of its effect. */
  readonly found?: readonly EffectRecord[];
  /** What it may change, for want of which it is refused. */
  readonly change?: Amounts;
}

export function makeRecord(attempts: readonly Partial<Attempt>[], options: RecordOptions = {}): StepRecord {
  const { kind = 'deposit', name = 'effect', isShared = false, receiver, found = [], change = noAmounts } = options;
  const operation: WriteOperation = {
    effect: name,
    owner: 'user-0',
    ...(receiver !== undefined && { receiver }),
    isShared,
    find: () => found,
    possibleChanges: () => [change],
    call: () => Promise.reject(new Error()),
  };
  const times = { calledAt: 1, endedAt: 2, sentAt: 1 };

  return { step: { kind, id: 7 }, operation, attempts: attempts.map((attempt) => ({ ...times, ...attempt })) };
}

export const makeTables = (amounts: Amounts): RestingTables => ({
  users: [],
  entries: [],
  orders: [],
  balances: new Map([['user-0', amounts]]),
});
