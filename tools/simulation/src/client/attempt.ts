import { isDomainError, type DomainError } from '@cnop/exceptions';
import type { Services } from '../backend/services.ts';
import type { Acknowledgement, Operation, Reading } from '../workload/operation.ts';
import { FencedOrder } from '../workload/order-operations.ts';

/**
 * What came of one call.
 *
 * - `refused`: for a reason in the data; what was asked for did not happen.
 * - `failed`: the store was busy or out of reach; this call changed nothing, and an earlier one is another question.
 * - `unknown`, `crashed`: it may have happened, or may happen yet.
 * - `broken`: something that no call may end with.
 */
export type Outcome =
  | { readonly kind: 'acknowledged'; readonly acknowledgement?: Acknowledgement; readonly reading?: Reading }
  | { readonly kind: 'refused' | 'failed'; readonly code: string; readonly details?: DomainError['details'] }
  | { readonly kind: 'unknown' | 'crashed' }
  | { readonly kind: 'broken'; readonly error: unknown };

/** One call of a client with its times, in the order of all that happens. */
export interface Attempt {
  outcome?: Outcome;
  readonly calledAt: number;
  endedAt: number;
  /** When a request of this call was last sent to the database before the call ended. */
  sentAt: number;
  /** When the database last answered a request of this call, and one that was to change something. */
  answeredAt?: number;
  writeAnsweredAt?: number;
  /** When the database first carried out a request of this call that was to change something, whoever hears of it. */
  changedAt?: number;
}

/** Is told of the requests of one call, those too whose answers never reach their caller. */
export interface Observer {
  readonly sent: () => void;
  readonly answered: (operation: string, isSuccess: boolean) => void;
}

const writes = new Set(['TransactWriteItems', 'PutItem', 'UpdateItem', 'DeleteItem']);

export const observerOf = (attempt: Attempt, tick: () => number): Observer => ({
  sent: () => {
    if (!attempt.outcome) attempt.sentAt = tick();
  },
  answered: (operation, isSuccess) => {
    attempt.answeredAt = tick();
    if (!writes.has(operation)) return;
    attempt.writeAnsweredAt = attempt.answeredAt;
    // All writes of a call are one: it has taken effect by the first success.
    if (isSuccess) attempt.changedAt ??= attempt.answeredAt;
  },
});

/** What a client wants with every call that it has made for it. */
export interface StepRecord {
  readonly step: { readonly id: number; readonly kind: string };
  readonly operation: Operation;
  readonly attempts: Attempt[];
}

/** The codes with which a call changed nothing, and may be made again. */
export const failures: ReadonlySet<string> = new Set([
  'CONTENTION',
  'THROTTLED',
  'WRITE_EXPIRED',
  'CLOCK_OFF',
  'DATABASE_UNAVAILABLE',
]);
const broken = new Set(['DATABASE_ERROR', 'VALIDATION_FAILED', 'CONFIGURATION_INVALID', 'IDEMPOTENCY_KEY_REUSED']);

export async function call(operation: Operation, services: Services, crashed: Promise<void>): Promise<Outcome> {
  try {
    const calling = async (): Promise<Outcome> =>
      operation.effect === undefined
        ? { kind: 'acknowledged', reading: await operation.call(services) }
        : { kind: 'acknowledged', acknowledgement: await operation.call(services) };
    return await Promise.race([calling(), crashed.then(() => ({ kind: 'crashed' }) as const)]);
  } catch (error) {
    return outcomeOf(error);
  }
}

function outcomeOf(error: unknown): Outcome {
  if (error instanceof FencedOrder) return { kind: 'refused', code: 'FENCED' };
  if (!isDomainError(error)) return { kind: 'broken', error };
  const { code, details } = error;
  if (code === 'OUTCOME_UNKNOWN') return { kind: 'unknown' };
  if (failures.has(code) || hasExpired(error)) return { kind: 'failed', code };

  return broken.has(code) ? { kind: 'broken', error } : { kind: 'refused', code, details };
}

/** Whether the credentials had expired to the end: that passes, as no other error of the database does. */
const hasExpired = ({ code, cause }: DomainError): boolean =>
  code === 'DATABASE_ERROR' && (cause as Partial<Error> | undefined)?.name === 'ExpiredTokenException';

/** How things are with a step: `open` is one that may or may not have happened, as far as its client knows. */
export type StepState = 'acknowledged' | 'refused' | 'open';

/** How things are with a step. A failed call says nothing about an earlier one that may have happened. */
export function stateOf({ attempts }: StepRecord): StepState {
  const kinds = attempts.map(({ outcome }) => outcome?.kind);
  if (kinds.includes('acknowledged')) return 'acknowledged';
  if (kinds.at(-1) === 'refused') return 'refused';

  return kinds.some((kind) => kind === 'unknown' || kind === 'crashed') ? 'open' : 'refused';
}
