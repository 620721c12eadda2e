import { DomainError } from './domain-error.ts';
import type { DetailsOf } from './error-details.ts';

/** A write may or may not have happened; repeat it with the same idempotency key. */
export class OutcomeUnknownError extends DomainError<'OUTCOME_UNKNOWN'> {
  constructor(details: DetailsOf<'OUTCOME_UNKNOWN'>, options?: ErrorOptions) {
    super('OUTCOME_UNKNOWN', details, options);
  }
}

/** Conflicts with other writes outlasted every retry; nothing was written. */
export class ContentionError extends DomainError<'CONTENTION'> {
  constructor(details: DetailsOf<'CONTENTION'>, options?: ErrorOptions) {
    super('CONTENTION', details, options);
  }
}

/** Throttling outlasted every retry; nothing was written. */
export class ThrottledError extends DomainError<'THROTTLED'> {
  constructor(details: DetailsOf<'THROTTLED'>, options?: ErrorOptions) {
    super('THROTTLED', details, options);
  }
}

/** The database did not answer; nothing was written. */
export class DatabaseUnavailableError extends DomainError<'DATABASE_UNAVAILABLE'> {
  constructor(details: DetailsOf<'DATABASE_UNAVAILABLE'>, options?: ErrorOptions) {
    super('DATABASE_UNAVAILABLE', details, options);
  }
}

/** The database refused the request for a reason the caller cannot mend. */
export class DatabaseError extends DomainError<'DATABASE_ERROR'> {
  constructor(details: DetailsOf<'DATABASE_ERROR'>, options?: ErrorOptions) {
    super('DATABASE_ERROR', details, options);
  }
}

/** A role could not be assumed. */
export class CredentialsUnavailableError extends DomainError<'CREDENTIALS_UNAVAILABLE'> {
  constructor(details: DetailsOf<'CREDENTIALS_UNAVAILABLE'>, options?: ErrorOptions) {
    super('CREDENTIALS_UNAVAILABLE', details, options);
  }
}
