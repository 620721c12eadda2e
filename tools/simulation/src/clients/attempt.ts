import { isDomainError, type DomainError } from '@cnop/exceptions';
import type { Caller } from '../network/network.ts';
import type { ClientProcess } from '../network/client-process.ts';
import type { Acknowledgement, Operation } from './operation.ts';
import { FencedOrder } from './operations/trade.ts';
import type { Services } from './services.ts';

/**
 * What came of one call.
 *
 * - `refused`: for a reason in the data; what was asked for did not happen.
 * - `failed`: the store was busy or out of reach; this call changed nothing, and an earlier one is another question.
 * - `unknown`, `crashed`: it may have happened, or may happen yet.
 * - `broken`: something that no call may end with.
 */
export type Outcome =
  | { readonly kind: 'acknowledged'; readonly acknowledgement?: Acknowledgement; readonly problem?: string | undefined }
  | { readonly kind: 'refused' | 'failed'; readonly code: string; readonly details?: DomainError['details'] }
  | { readonly kind: 'unknown' | 'crashed' }
  | { readonly kind: 'broken'; readonly error: unknown };

/** One call of a client, with what the store saw of it. */
export interface Attempt extends Caller {
  outcome: Outcome | undefined;
  /** When the store last looked at a request of this call before the call ended, in the order of all that happens. */
  readonly servedAt: () => number;
  /** When requests of this call changed something, in the same order. */
  readonly changedAt: readonly number[];
}

/** Prepares a call; `place` tells it from every other, `tick` numbers what happens. */
export function createAttempt(place: readonly number[], tick: () => number): Attempt {
  const changedAt: number[] = [];
  let servedAt = 0;
  let calls = 0;

  const attempt: Attempt = {
    outcome: undefined,
    changedAt,
    servedAt: () => servedAt,
    nextPlace: () => [...place, calls++],
    served: () => {
      if (!attempt.outcome) servedAt = tick();
    },
    changed: () => void changedAt.push(tick()),
  };
  return attempt;
}

const failures = new Set(['CONTENTION', 'THROTTLED', 'DATABASE_UNAVAILABLE']);
const broken = new Set(['DATABASE_ERROR', 'VALIDATION_FAILED', 'CONFIGURATION_INVALID', 'IDEMPOTENCY_KEY_REUSED']);

/** Calls, and reads what came of it. */
export async function call(
  operation: Operation,
  services: Services,
  process: Pick<ClientProcess, 'crashed'>,
): Promise<Outcome> {
  try {
    return await Promise.race([
      calling(operation, services),
      process.crashed.then(() => ({ kind: 'crashed' }) as const),
    ]);
  } catch (error) {
    return outcomeOf(error);
  }
}

async function calling(operation: Operation, services: Services): Promise<Outcome> {
  if (operation.effect) return { kind: 'acknowledged', acknowledgement: await operation.call(services) };

  return { kind: 'acknowledged', problem: await operation.call(services) };
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
