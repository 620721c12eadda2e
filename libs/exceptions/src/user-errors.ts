import { DomainError } from './domain-error.ts';
import type { DetailsOf } from './error-details.ts';

/** No user has that name. */
export class UserNotFoundError extends DomainError<'USER_NOT_FOUND'> {
  constructor(details: DetailsOf<'USER_NOT_FOUND'>, options?: ErrorOptions) {
    super('USER_NOT_FOUND', details, options);
  }
}

/** Another user has that name. */
export class UsernameTakenError extends DomainError<'USERNAME_TAKEN'> {
  constructor(details: DetailsOf<'USERNAME_TAKEN'>, options?: ErrorOptions) {
    super('USERNAME_TAKEN', details, options);
  }
}

/** Another user has that e-mail address. */
export class EmailTakenError extends DomainError<'EMAIL_TAKEN'> {
  constructor(details: DetailsOf<'EMAIL_TAKEN'>, options?: ErrorOptions) {
    super('EMAIL_TAKEN', details, options);
  }
}

/** Unknown user or wrong password; the two are not told apart. */
export class InvalidCredentialsError extends DomainError<'CREDENTIALS_INVALID'> {
  constructor(details: DetailsOf<'CREDENTIALS_INVALID'>, options?: ErrorOptions) {
    super('CREDENTIALS_INVALID', details, options);
  }
}

/** Attempts to log in have failed too often; the next one has to wait. The password was not looked at. */
export class LoginDelayedError extends DomainError<'LOGIN_DELAYED'> {
  constructor(details: DetailsOf<'LOGIN_DELAYED'>, options?: ErrorOptions) {
    super('LOGIN_DELAYED', details, options);
  }
}

/** The refresh token belongs to no session that goes on. */
export class SessionEndedError extends DomainError<'SESSION_ENDED'> {
  constructor(details: DetailsOf<'SESSION_ENDED'>, options?: ErrorOptions) {
    super('SESSION_ENDED', details, options);
  }
}

/** The user is suspended or deleted. */
export class UserNotActiveError extends DomainError<'USER_NOT_ACTIVE'> {
  constructor(details: DetailsOf<'USER_NOT_ACTIVE'>, options?: ErrorOptions) {
    super('USER_NOT_ACTIVE', details, options);
  }
}
