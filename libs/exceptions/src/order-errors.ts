import { DomainError } from './domain-error.ts';
import type { DetailsOf } from './error-details.ts';

/** No order of that user has that id. */
export class OrderNotFoundError extends DomainError<'ORDER_NOT_FOUND'> {
  constructor(details: DetailsOf<'ORDER_NOT_FOUND'>, options?: ErrorOptions) {
    super('ORDER_NOT_FOUND', details, options);
  }
}

/** The order has reached a status that it does not leave. */
export class OrderNotCancellableError extends DomainError<'ORDER_NOT_CANCELLABLE'> {
  constructor(details: DetailsOf<'ORDER_NOT_CANCELLABLE'>, options?: ErrorOptions) {
    super('ORDER_NOT_CANCELLABLE', details, options);
  }
}

/** The order is not completed. */
export class OrderNotRefundableError extends DomainError<'ORDER_NOT_REFUNDABLE'> {
  constructor(details: DetailsOf<'ORDER_NOT_REFUNDABLE'>, options?: ErrorOptions) {
    super('ORDER_NOT_REFUNDABLE', details, options);
  }
}

/** The table of order statuses does not have that step. */
export class IllegalOrderTransitionError extends DomainError<'ORDER_TRANSITION_ILLEGAL'> {
  constructor(details: DetailsOf<'ORDER_TRANSITION_ILLEGAL'>, options?: ErrorOptions) {
    super('ORDER_TRANSITION_ILLEGAL', details, options);
  }
}

/** The order type cannot be placed here. */
export class OrderTypeNotSupportedError extends DomainError<'ORDER_TYPE_NOT_SUPPORTED'> {
  constructor(details: DetailsOf<'ORDER_TYPE_NOT_SUPPORTED'>, options?: ErrorOptions) {
    super('ORDER_TYPE_NOT_SUPPORTED', details, options);
  }
}
