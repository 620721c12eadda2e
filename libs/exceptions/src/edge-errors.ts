import { DomainError } from './domain-error.ts';
import type { DetailsOf } from './error-details.ts';

/** The request carries no access token that is valid now; the cause says why, for the log alone. */
export class AuthenticationRequiredError extends DomainError<'AUTHENTICATION_REQUIRED'> {
  constructor(details: DetailsOf<'AUTHENTICATION_REQUIRED'>, options?: ErrorOptions) {
    super('AUTHENTICATION_REQUIRED', details, options);
  }
}

/** The user is known, but her role does not permit the request. */
export class AccessDeniedError extends DomainError<'ACCESS_DENIED'> {
  constructor(details: DetailsOf<'ACCESS_DENIED'>, options?: ErrorOptions) {
    super('ACCESS_DENIED', details, options);
  }
}

/** The address or the user has sent more requests than a limit allows. */
export class RateLimitedError extends DomainError<'RATE_LIMITED'> {
  constructor(details: DetailsOf<'RATE_LIMITED'>, options?: ErrorOptions) {
    super('RATE_LIMITED', details, options);
  }
}

/** The process has more to do than it can answer in time; the request was not looked at. */
export class OverloadedError extends DomainError<'OVERLOADED'> {
  constructor(details: DetailsOf<'OVERLOADED'>, options?: ErrorOptions) {
    super('OVERLOADED', details, options);
  }
}

/** A request that changes nothing took too long. */
export class RequestTimedOutError extends DomainError<'REQUEST_TIMED_OUT'> {
  constructor(details: DetailsOf<'REQUEST_TIMED_OUT'>, options?: ErrorOptions) {
    super('REQUEST_TIMED_OUT', details, options);
  }
}

/** The public keys that access tokens are checked with could not be read. */
export class SigningKeysUnavailableError extends DomainError<'SIGNING_KEYS_UNAVAILABLE'> {
  constructor(details: DetailsOf<'SIGNING_KEYS_UNAVAILABLE'>, options?: ErrorOptions) {
    super('SIGNING_KEYS_UNAVAILABLE', details, options);
  }
}
