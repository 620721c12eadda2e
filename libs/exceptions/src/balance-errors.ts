import { DomainError } from './domain-error.ts';
import type { DetailsOf } from './error-details.ts';

/** The user has no balance of that code. */
export class BalanceNotFoundError extends DomainError<'BALANCE_NOT_FOUND'> {
  constructor(details: DetailsOf<'BALANCE_NOT_FOUND'>, options?: ErrorOptions) {
    super('BALANCE_NOT_FOUND', details, options);
  }
}

/** The user has a balance of that code already. */
export class BalanceExistsError extends DomainError<'BALANCE_EXISTS'> {
  constructor(details: DetailsOf<'BALANCE_EXISTS'>, options?: ErrorOptions) {
    super('BALANCE_EXISTS', details, options);
  }
}

/** The available amount does not cover the required one; both are given as decimal text. */
export class InsufficientFundsError extends DomainError<'BALANCE_INSUFFICIENT'> {
  constructor(details: DetailsOf<'BALANCE_INSUFFICIENT'>, options?: ErrorOptions) {
    super('BALANCE_INSUFFICIENT', details, options);
  }
}

/** The balance is frozen and takes no debit. */
export class BalanceFrozenError extends DomainError<'BALANCE_FROZEN'> {
  constructor(details: DetailsOf<'BALANCE_FROZEN'>, options?: ErrorOptions) {
    super('BALANCE_FROZEN', details, options);
  }
}

/** The amount was given at another scale than the balance has. */
export class ScaleMismatchError extends DomainError<'BALANCE_SCALE_MISMATCH'> {
  constructor(details: DetailsOf<'BALANCE_SCALE_MISMATCH'>, options?: ErrorOptions) {
    super('BALANCE_SCALE_MISMATCH', details, options);
  }
}

/** The code is not a registered currency. */
export class CurrencyNotRegisteredError extends DomainError<'CURRENCY_NOT_REGISTERED'> {
  constructor(details: DetailsOf<'CURRENCY_NOT_REGISTERED'>, options?: ErrorOptions) {
    super('CURRENCY_NOT_REGISTERED', details, options);
  }
}

/** The user has no balance transaction of that id. */
export class TransactionNotFoundError extends DomainError<'TRANSACTION_NOT_FOUND'> {
  constructor(details: DetailsOf<'TRANSACTION_NOT_FOUND'>, options?: ErrorOptions) {
    super('TRANSACTION_NOT_FOUND', details, options);
  }
}

/** The balance transaction has already reached a final status. */
export class TransactionNotPendingError extends DomainError<'TRANSACTION_NOT_PENDING'> {
  constructor(details: DetailsOf<'TRANSACTION_NOT_PENDING'>, options?: ErrorOptions) {
    super('TRANSACTION_NOT_PENDING', details, options);
  }
}
