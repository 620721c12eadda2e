export { documentationOf, errorCatalogue, isErrorCode, type CatalogueEntry, type ErrorCode } from './catalogue.ts';
export { DomainError, isDomainError } from './domain-error.ts';
export { domainErrorOf } from './domain-error-of.ts';
export type { DetailsOf, ErrorDetails, SessionEndReason, ValidationIssue } from './error-details.ts';
export { toProblemDetails, type ProblemContext, type ProblemDetails } from './problem-details.ts';
export {
  ConfigurationError,
  IdempotencyKeyReusedError,
  InvalidAmountError,
  InvalidCursorError,
  ValidationError,
  VersionConflictError,
} from './request-errors.ts';
export {
  EmailTakenError,
  InvalidCredentialsError,
  LoginDelayedError,
  SessionEndedError,
  UserNotActiveError,
  UserNotFoundError,
  UsernameTakenError,
} from './user-errors.ts';
export {
  BalanceExistsError,
  BalanceFrozenError,
  BalanceNotFoundError,
  CurrencyNotRegisteredError,
  InsufficientFundsError,
  ScaleMismatchError,
  TransactionNotFoundError,
  TransactionNotPendingError,
} from './balance-errors.ts';
export {
  IllegalOrderTransitionError,
  OrderNotCancellableError,
  OrderNotFoundError,
  OrderNotRefundableError,
  OrderTypeNotSupportedError,
} from './order-errors.ts';
export {
  AssetExistsError,
  AssetIdReservedError,
  AssetInactiveError,
  AssetNotFoundError,
  NotionalTooSmallError,
  PriceLimitError,
  PriceOutdatedError,
  PriceStaleError,
  PriceUnavailableError,
  QuantityTooSmallError,
} from './asset-errors.ts';
export {
  ContentionError,
  CredentialsUnavailableError,
  DatabaseError,
  DatabaseUnavailableError,
  OutcomeUnknownError,
  ThrottledError,
} from './dependency-errors.ts';
export {
  AccessDeniedError,
  AuthenticationRequiredError,
  OverloadedError,
  RateLimitedError,
  RequestTimedOutError,
  SigningKeysUnavailableError,
} from './edge-errors.ts';
