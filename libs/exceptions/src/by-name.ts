import type { ErrorOf } from './define-errors.ts';
import { sharedErrors } from './errors.ts';

export const {
  ValidationError,
  InvalidAmountError,
  InvalidCursorError,
  ConfigurationError,
  IdempotencyKeyReusedError,
  VersionConflictError,
  OutcomeUnknownError,
  ContentionError,
  ThrottledError,
  DatabaseUnavailableError,
  DatabaseError,
  CredentialsUnavailableError,
  AuthenticationRequiredError,
  AccessDeniedError,
  RateLimitedError,
  OverloadedError,
  RequestTimedOutError,
  SigningKeysUnavailableError,
} = sharedErrors;

export type ValidationError = ErrorOf<typeof sharedErrors, 'ValidationError'>;
export type InvalidAmountError = ErrorOf<typeof sharedErrors, 'InvalidAmountError'>;
export type InvalidCursorError = ErrorOf<typeof sharedErrors, 'InvalidCursorError'>;
export type ConfigurationError = ErrorOf<typeof sharedErrors, 'ConfigurationError'>;
export type IdempotencyKeyReusedError = ErrorOf<typeof sharedErrors, 'IdempotencyKeyReusedError'>;
export type VersionConflictError = ErrorOf<typeof sharedErrors, 'VersionConflictError'>;
export type OutcomeUnknownError = ErrorOf<typeof sharedErrors, 'OutcomeUnknownError'>;
export type ContentionError = ErrorOf<typeof sharedErrors, 'ContentionError'>;
export type ThrottledError = ErrorOf<typeof sharedErrors, 'ThrottledError'>;
export type DatabaseUnavailableError = ErrorOf<typeof sharedErrors, 'DatabaseUnavailableError'>;
export type DatabaseError = ErrorOf<typeof sharedErrors, 'DatabaseError'>;
export type CredentialsUnavailableError = ErrorOf<typeof sharedErrors, 'CredentialsUnavailableError'>;
export type AuthenticationRequiredError = ErrorOf<typeof sharedErrors, 'AuthenticationRequiredError'>;
export type AccessDeniedError = ErrorOf<typeof sharedErrors, 'AccessDeniedError'>;
export type RateLimitedError = ErrorOf<typeof sharedErrors, 'RateLimitedError'>;
export type OverloadedError = ErrorOf<typeof sharedErrors, 'OverloadedError'>;
export type RequestTimedOutError = ErrorOf<typeof sharedErrors, 'RequestTimedOutError'>;
export type SigningKeysUnavailableError = ErrorOf<typeof sharedErrors, 'SigningKeysUnavailableError'>;
