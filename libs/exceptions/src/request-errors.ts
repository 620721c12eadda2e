import { DomainError } from './domain-error.ts';
import type { DetailsOf } from './error-details.ts';

/** An input breaks one or more rules; each is named with its field. */
export class ValidationError extends DomainError<'VALIDATION_FAILED'> {
  constructor(details: DetailsOf<'VALIDATION_FAILED'>, options?: ErrorOptions) {
    super('VALIDATION_FAILED', details, options);
  }
}

/** A text or number that cannot be an amount at the given scale. */
export class InvalidAmountError extends DomainError<'AMOUNT_INVALID'> {
  constructor(details: DetailsOf<'AMOUNT_INVALID'>, options?: ErrorOptions) {
    super('AMOUNT_INVALID', details, options);
  }
}

/** A page cursor that was tampered with or belongs to another query. */
export class InvalidCursorError extends DomainError<'CURSOR_INVALID'> {
  constructor(details: DetailsOf<'CURSOR_INVALID'>, options?: ErrorOptions) {
    super('CURSOR_INVALID', details, options);
  }
}

/** A missing or wrong setting, named. */
export class ConfigurationError extends DomainError<'CONFIGURATION_INVALID'> {
  constructor(details: DetailsOf<'CONFIGURATION_INVALID'>, options?: ErrorOptions) {
    super('CONFIGURATION_INVALID', details, options);
  }
}

/** The same idempotency key came with a different request. */
export class IdempotencyKeyReusedError extends DomainError<'IDEMPOTENCY_KEY_REUSED'> {
  constructor(details: DetailsOf<'IDEMPOTENCY_KEY_REUSED'>, options?: ErrorOptions) {
    super('IDEMPOTENCY_KEY_REUSED', details, options);
  }
}

/** An optimistic update lost against another one. */
export class VersionConflictError extends DomainError<'VERSION_CONFLICT'> {
  constructor(details: DetailsOf<'VERSION_CONFLICT'>, options?: ErrorOptions) {
    super('VERSION_CONFLICT', details, options);
  }
}
