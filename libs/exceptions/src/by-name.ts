import type { ErrorClass, ErrorOf } from './define-errors.ts';
import type { DomainError } from './domain-error.ts';
import { sharedErrors } from './errors.ts';
import { userErrors } from './user-errors.ts';
import { ledgerErrors } from './balance-errors.ts';
import { currencyErrors } from './currency-errors.ts';

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
export const {
  UserNotFoundError,
  UsernameTakenError,
  EmailTakenError,
  InvalidCredentialsError,
  LoginDelayedError,
  SessionEndedError,
  UserNotActiveError,
} = userErrors;
export const {
  BalanceNotFoundError,
  BalanceExistsError,
  InsufficientFundsError,
  BalanceFrozenError,
  ScaleMismatchError,
  TransactionNotFoundError,
  TransactionNotPendingError,
} = ledgerErrors;
export const { CurrencyNotRegisteredError } = currencyErrors;

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
export type UserNotFoundError = ErrorOf<typeof userErrors, 'UserNotFoundError'>;
export type UsernameTakenError = ErrorOf<typeof userErrors, 'UsernameTakenError'>;
export type EmailTakenError = ErrorOf<typeof userErrors, 'EmailTakenError'>;
export type InvalidCredentialsError = ErrorOf<typeof userErrors, 'InvalidCredentialsError'>;
export type LoginDelayedError = ErrorOf<typeof userErrors, 'LoginDelayedError'>;
export type SessionEndedError = ErrorOf<typeof userErrors, 'SessionEndedError'>;
export type UserNotActiveError = ErrorOf<typeof userErrors, 'UserNotActiveError'>;
export type BalanceNotFoundError = ErrorOf<typeof ledgerErrors, 'BalanceNotFoundError'>;
export type BalanceExistsError = ErrorOf<typeof ledgerErrors, 'BalanceExistsError'>;
export type InsufficientFundsError = ErrorOf<typeof ledgerErrors, 'InsufficientFundsError'>;
export type BalanceFrozenError = ErrorOf<typeof ledgerErrors, 'BalanceFrozenError'>;
export type ScaleMismatchError = ErrorOf<typeof ledgerErrors, 'ScaleMismatchError'>;
export type TransactionNotFoundError = ErrorOf<typeof ledgerErrors, 'TransactionNotFoundError'>;
export type TransactionNotPendingError = ErrorOf<typeof ledgerErrors, 'TransactionNotPendingError'>;
export type CurrencyNotRegisteredError = ErrorOf<typeof currencyErrors, 'CurrencyNotRegisteredError'>;

const all = { ...sharedErrors, ...userErrors, ...ledgerErrors, ...currencyErrors };

/** The code of an error of the product. */
export type ErrorCode = ErrorOf<typeof all>['code'];

/** Every error class by its code. */
export const errorCatalogue = Object.fromEntries(
  Object.values(all).map((each) => [each.code, each]),
) as unknown as Readonly<Record<ErrorCode, ErrorClass>>;

/** Whether `value` is the code of an error of the product. */
export const isErrorCode = (value: unknown): value is ErrorCode =>
  typeof value === 'string' && Object.hasOwn(errorCatalogue, value);

/** Builds the error of a code. */
export const domainErrorOf = (code: ErrorCode, details: object): DomainError => new errorCatalogue[code](details);
