import type { ErrorCode } from './catalogue.ts';
import type { DomainError } from './domain-error.ts';
import type { DetailsOf } from './error-details.ts';
import {
  ConfigurationError,
  IdempotencyKeyReusedError,
  InvalidAmountError,
  InvalidCursorError,
  ValidationError,
  VersionConflictError,
} from './request-errors.ts';
import {
  EmailTakenError,
  InvalidCredentialsError,
  LoginDelayedError,
  SessionEndedError,
  UserNotActiveError,
  UserNotFoundError,
  UsernameTakenError,
} from './user-errors.ts';
import {
  BalanceExistsError,
  BalanceFrozenError,
  BalanceNotFoundError,
  CurrencyNotRegisteredError,
  InsufficientFundsError,
  ScaleMismatchError,
  TransactionNotFoundError,
  TransactionNotPendingError,
} from './balance-errors.ts';
import {
  IllegalOrderTransitionError,
  OrderNotCancellableError,
  OrderNotFoundError,
  OrderNotRefundableError,
  OrderTypeNotSupportedError,
} from './order-errors.ts';
import {
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
import {
  ContentionError,
  CredentialsUnavailableError,
  DatabaseError,
  DatabaseUnavailableError,
  OutcomeUnknownError,
  ThrottledError,
} from './dependency-errors.ts';
import {
  AccessDeniedError,
  AuthenticationRequiredError,
  OverloadedError,
  RateLimitedError,
  RequestTimedOutError,
  SigningKeysUnavailableError,
} from './edge-errors.ts';

type ErrorClasses = {
  readonly [TCode in ErrorCode]: new (details: DetailsOf<TCode>, options?: ErrorOptions) => DomainError<TCode>;
};

const errorClasses: ErrorClasses = {
  VALIDATION_FAILED: ValidationError,
  AMOUNT_INVALID: InvalidAmountError,
  CURSOR_INVALID: InvalidCursorError,
  CONFIGURATION_INVALID: ConfigurationError,
  IDEMPOTENCY_KEY_REUSED: IdempotencyKeyReusedError,
  VERSION_CONFLICT: VersionConflictError,
  USER_NOT_FOUND: UserNotFoundError,
  USERNAME_TAKEN: UsernameTakenError,
  EMAIL_TAKEN: EmailTakenError,
  CREDENTIALS_INVALID: InvalidCredentialsError,
  LOGIN_DELAYED: LoginDelayedError,
  SESSION_ENDED: SessionEndedError,
  USER_NOT_ACTIVE: UserNotActiveError,
  BALANCE_NOT_FOUND: BalanceNotFoundError,
  BALANCE_EXISTS: BalanceExistsError,
  BALANCE_INSUFFICIENT: InsufficientFundsError,
  BALANCE_FROZEN: BalanceFrozenError,
  BALANCE_SCALE_MISMATCH: ScaleMismatchError,
  CURRENCY_NOT_REGISTERED: CurrencyNotRegisteredError,
  TRANSACTION_NOT_FOUND: TransactionNotFoundError,
  TRANSACTION_NOT_PENDING: TransactionNotPendingError,
  ORDER_NOT_FOUND: OrderNotFoundError,
  ORDER_NOT_CANCELLABLE: OrderNotCancellableError,
  ORDER_NOT_REFUNDABLE: OrderNotRefundableError,
  ORDER_TRANSITION_ILLEGAL: IllegalOrderTransitionError,
  ORDER_TYPE_NOT_SUPPORTED: OrderTypeNotSupportedError,
  ASSET_NOT_FOUND: AssetNotFoundError,
  ASSET_EXISTS: AssetExistsError,
  ASSET_INACTIVE: AssetInactiveError,
  ASSET_ID_RESERVED: AssetIdReservedError,
  PRICE_UNAVAILABLE: PriceUnavailableError,
  PRICE_STALE: PriceStaleError,
  PRICE_LIMIT_EXCEEDED: PriceLimitError,
  PRICE_OUTDATED: PriceOutdatedError,
  QUANTITY_BELOW_MINIMUM: QuantityTooSmallError,
  NOTIONAL_BELOW_MINIMUM: NotionalTooSmallError,
  OUTCOME_UNKNOWN: OutcomeUnknownError,
  CONTENTION: ContentionError,
  THROTTLED: ThrottledError,
  DATABASE_UNAVAILABLE: DatabaseUnavailableError,
  DATABASE_ERROR: DatabaseError,
  CREDENTIALS_UNAVAILABLE: CredentialsUnavailableError,
  AUTHENTICATION_REQUIRED: AuthenticationRequiredError,
  ACCESS_DENIED: AccessDeniedError,
  RATE_LIMITED: RateLimitedError,
  OVERLOADED: OverloadedError,
  REQUEST_TIMED_OUT: RequestTimedOutError,
  SIGNING_KEYS_UNAVAILABLE: SigningKeysUnavailableError,
};

/**
 * Builds the error of a code, for a caller that has stored a refusal and must give the same answer again.
 *
 * @param details - what the original error carried.
 */
export function domainErrorOf<TCode extends ErrorCode>(code: TCode, details: DetailsOf<TCode>): DomainError<TCode> {
  return new errorClasses[code](details);
}
