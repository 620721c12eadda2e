import { isDomainError } from '@cnop/exceptions';
import type { FlowEnd } from '@cnop/testing';
import { Fenced } from './answers.ts';
import type { Answer } from './row.ts';

/**
 * What a caller was told.
 *
 * - `answered`: the result.
 * - `refused`: for a reason in the data; by what a refusal left behind, perhaps without its code.
 * - `failed`: for certain; this call changed nothing.
 * - `unknown`, `crashed`: it may have happened.
 * - `open`: nothing was asked again, since a request may be under way that nothing would stop.
 * - `wrong`: something that no call may end with.
 */
export type Told =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'refused'; readonly code: string | undefined }
  | { readonly kind: 'failed'; readonly code: string }
  | { readonly kind: 'unknown'; readonly details: Readonly<Record<string, unknown>> }
  | { readonly kind: 'crashed' | 'open' }
  | { readonly kind: 'wrong'; readonly error: unknown };

const failures = new Set(['CONTENTION', 'THROTTLED', 'DATABASE_UNAVAILABLE', 'DATABASE_ERROR']);
const wrong = new Set(['VALIDATION_FAILED', 'CONFIGURATION_INVALID']);

/** Reads what an error tells. */
export function toldByError(error: unknown): Told {
  if (error instanceof Fenced) return { kind: 'refused', code: error.code };
  if (!isDomainError(error) || wrong.has(error.code)) return { kind: 'wrong', error };
  if (error.code === 'OUTCOME_UNKNOWN') return { kind: 'unknown', details: { ...error.details } };

  return { kind: failures.has(error.code) ? 'failed' : 'refused', code: error.code };
}

/** Reads what the end of a call tells. */
export function toldByEnd(end: FlowEnd<Answer>): Told {
  switch (end.status) {
    case 'completed':
      return { kind: 'answered', answer: end.result };
    case 'failed':
      return toldByError(end.error);
    case 'crashed':
      return { kind: 'crashed' };
  }
}

/** Makes a call and reads what it tells. */
export async function toldBy(call: Promise<Answer>): Promise<Told> {
  return await call.then((answer) => ({ kind: 'answered' as const, answer }), toldByError);
}
