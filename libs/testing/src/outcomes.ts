import { isDomainError, type DomainError } from '@cnop/exceptions';

/** What became of many calls at once: the answers, and the error codes of the refusals. */
export interface Outcomes<TAnswer> {
  readonly answers: TAnswer[];
  readonly codes: string[];
}

/**
 * Makes that many calls at once and waits for all of them.
 *
 * @throws whatever a call failed with that is no DomainError.
 */
export async function runParallel<TAnswer>(
  count: number,
  call: (index: number) => Promise<TAnswer>,
): Promise<Outcomes<TAnswer>> {
  const settled = await Promise.allSettled(Array.from({ length: count }, (_, index) => call(index)));

  return {
    answers: settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])),
    codes: settled.flatMap((each) => (each.status === 'rejected' ? [asDomainError(each.reason).code] : [])),
  };
}

/**
 * The DomainError that a call is refused with.
 *
 * @throws Error when the call succeeds; whatever it failed with when that is no DomainError.
 */
export async function refusalOf(call: Promise<unknown>): Promise<DomainError> {
  const answer = await call.then(
    (value: unknown) => ({ value }),
    (error: unknown) => ({ error }),
  );

  if ('value' in answer) throw new Error('The call was not refused.');
  return asDomainError(answer.error);
}

function asDomainError(error: unknown): DomainError {
  if (!isDomainError(error)) throw error;
  return error;
}
