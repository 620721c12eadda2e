import { isDomainError } from '@cnop/exceptions';
import { factOf, type Entity, type Fact } from './facts.ts';
import type { MatrixRow } from './row.ts';

/**
 * What a caller was told.
 *
 * - `answered`: the entity as it is now, and whether the call was a replay.
 * - `refused`: for a reason in the data; without a code where a lookup found what a refusal left behind.
 * - `failed`: for certain; this call changed nothing.
 * - `unknown`, `crashed`: it may have taken effect.
 * - `untold`: nothing, as it is work that the next call goes on with.
 * - `open`: the call was not repeated, since an earlier request may be under way that nothing would stop.
 * - `wrong`: something that no call may end with.
 */
export type Told =
  | { readonly kind: 'answered'; readonly fact: Fact; readonly replayed?: boolean | undefined }
  | { readonly kind: 'refused'; readonly code: string | undefined }
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'unknown'; readonly operation?: string | undefined; readonly knownId?: string | undefined }
  | { readonly kind: 'crashed' | 'open' | 'untold' }
  | { readonly kind: 'wrong'; readonly error: unknown };

interface CallResult extends Partial<Readonly<Record<'transaction' | 'order' | 'user', object>>> {
  readonly fact?: Fact;
  readonly replayed?: boolean;
  readonly created?: boolean;
}

/** Reads a result. An order or entry that failed without the call being meant to do that was left behind by a refusal. */
export function toldByResult(result: object, { effect }: Pick<MatrixRow, 'effect'>): Told {
  const { transaction, order, user, created, ...rest }: CallResult = result;
  const entity: { readonly failureCode?: string } = transaction ?? order ?? user ?? result;
  const fact = rest.fact ?? factOf(entity as Entity);
  if (fact.isFence && !effect.some((change) => change.slice(2) === fact.line))
    return { kind: 'refused', code: entity.failureCode };

  return { kind: 'answered', fact, replayed: rest.replayed ?? (created === undefined ? undefined : !created) };
}

const failures = new Set([
  'CONTENTION',
  'THROTTLED',
  'WRITE_EXPIRED',
  'CLOCK_OFF',
  'DATABASE_UNAVAILABLE',
  'DATABASE_ERROR',
]);
const wrong = new Set(['VALIDATION_FAILED', 'CONFIGURATION_INVALID']);

/** Reads an error. */
export function toldByError(error: unknown): Told {
  if (!isDomainError(error) || wrong.has(error.code)) return { kind: 'wrong', error };
  if (error.code === 'OUTCOME_UNKNOWN') {
    const { operation, transactionId, orderId } = error.details as Readonly<Record<string, string | undefined>>;
    return { kind: 'unknown', operation, knownId: transactionId ?? orderId };
  }

  return { kind: failures.has(error.code) ? 'failed' : 'refused', code: error.code };
}

/** What a caller was told, as the end of a sentence. */
export function textOf(told: Told): string {
  if (told.kind === 'refused') return `was refused (${told.code ?? 'left behind'})`;
  if (told.kind === 'failed') return `failed (${told.code})`;
  if (told.kind === 'unknown') return 'ended with OUTCOME_UNKNOWN';

  return told.kind === 'wrong' ? `ended with ${String(told.error)}` : told.kind;
}

/** What a call and its repeat came to, in a word each: `ok`, `unknown→ok`. */
export function outcomeOf(told: Told, retold = told): string {
  const [first, last] = [told, retold].map(({ kind }) => (kind === 'answered' ? 'ok' : kind));

  return first === last ? String(first) : `${first}→${last}`;
}
