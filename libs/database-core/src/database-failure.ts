import {
  ContentionError,
  DatabaseError,
  DatabaseUnavailableError,
  isDomainError,
  ThrottledError,
  type DomainError,
} from '@cnop/exceptions';
import { classifyFailure } from './failure-kind.ts';

/** The DomainError for a request that certainly changed nothing. A DomainError (of a credentials provider, say) stays as it is. */
export function databaseFailure(cause: unknown, attempts: number, kind = classifyFailure(cause)): DomainError {
  if (isDomainError(cause)) return cause;

  switch (kind) {
    case 'throttled':
      return new ThrottledError({ attempts }, { cause });
    case 'refused':
    case 'expired':
      return new DatabaseError({}, { cause });
    case 'in-progress':
      return new ContentionError({ attempts }, { cause });
    case 'unknown':
    case 'unreachable':
      return new DatabaseUnavailableError({}, { cause });
  }
}

/**
 * Runs a read and turns what the SDK throws, its own retries spent, into a DomainError.
 *
 * @throws DatabaseUnavailableError, ThrottledError, ContentionError or DatabaseError; a DomainError of the read's own as it is.
 */
export async function wrapRead<TResult>(read: () => Promise<TResult>): Promise<TResult> {
  try {
    return await read();
  } catch (cause) {
    throw databaseFailure(cause, 1);
  }
}
