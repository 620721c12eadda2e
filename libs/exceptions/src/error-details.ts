import type { ErrorCode } from './catalogue.ts';

/** One broken rule of an input: where (RFC 6901 JSON pointer), which rule, and a sentence for people. */
export interface ValidationIssue {
  readonly pointer: string;
  readonly rule: string;
  readonly message: string;
}

/**
 * Why a refresh token is not taken: nobody has such a session, its time is over, it was ended, or the token was used before, upon
 * which its session was ended.
 */
export type SessionEndReason = 'unknown' | 'expired' | 'revoked' | 'reused';

type None = Readonly<Record<string, never>>;

/** What each error carries in `details`: JSON-safe, amounts as decimal text, never a secret. */
export interface ErrorDetails {
  VALIDATION_FAILED: { readonly issues: readonly ValidationIssue[] };
  AMOUNT_INVALID: { readonly rule: string; readonly scale?: number; readonly field?: string };
  CURSOR_INVALID: { readonly reason: string };
  CONFIGURATION_INVALID: { readonly setting: string; readonly rule: string };
  USER_NOT_FOUND: { readonly username: string };
  USERNAME_TAKEN: { readonly username: string };
  EMAIL_TAKEN: None;
  CREDENTIALS_INVALID: None;
  LOGIN_DELAYED: { readonly retryAfterSeconds: number };
  SESSION_ENDED: { readonly reason: SessionEndReason };
  USER_NOT_ACTIVE: { readonly username: string; readonly status: string };
  BALANCE_NOT_FOUND: { readonly username: string; readonly code: string };
  BALANCE_EXISTS: { readonly username: string; readonly code: string };
  BALANCE_INSUFFICIENT: { readonly code: string; readonly available: string; readonly required: string };
  BALANCE_FROZEN: { readonly code: string };
  BALANCE_SCALE_MISMATCH: { readonly code: string; readonly scale: number; readonly expectedScale: number };
  CURRENCY_NOT_REGISTERED: { readonly code: string };
  TRANSACTION_NOT_FOUND: { readonly transactionId: string };
  TRANSACTION_NOT_PENDING: { readonly transactionId: string; readonly status: string };
  ORDER_NOT_FOUND: { readonly orderId: string };
  ORDER_NOT_CANCELLABLE: { readonly orderId: string; readonly status: string };
  ORDER_NOT_REFUNDABLE: { readonly orderId: string; readonly status: string };
  ORDER_TRANSITION_ILLEGAL: { readonly orderId?: string; readonly from: string; readonly to: string };
  ORDER_TYPE_NOT_SUPPORTED: { readonly orderType: string };
  ASSET_NOT_FOUND: { readonly assetId: string };
  ASSET_EXISTS: { readonly assetId: string };
  ASSET_INACTIVE: { readonly assetId: string };
  ASSET_ID_RESERVED: { readonly assetId: string };
  PRICE_UNAVAILABLE: { readonly assetId: string };
  PRICE_STALE: { readonly assetId: string; readonly priceAsOf: string; readonly maxAgeMs: number };
  PRICE_LIMIT_EXCEEDED: { readonly assetId: string; readonly price: string; readonly limit: string };
  PRICE_OUTDATED: { readonly assetId: string; readonly asOf: string; readonly currentAsOf: string };
  QUANTITY_BELOW_MINIMUM: { readonly assetId: string; readonly quantity: string; readonly minimum: string };
  NOTIONAL_BELOW_MINIMUM: { readonly assetId: string; readonly notional: string; readonly minimum: string };
  VERSION_CONFLICT: { readonly resource: string; readonly expectedVersion: number; readonly currentVersion?: number };
  IDEMPOTENCY_KEY_REUSED: None;
  OUTCOME_UNKNOWN: Readonly<Record<string, unknown>>;
  CONTENTION: { readonly attempts: number };
  THROTTLED: { readonly attempts: number };
  DATABASE_UNAVAILABLE: None;
  DATABASE_ERROR: None;
  CREDENTIALS_UNAVAILABLE: { readonly roleArn?: string };
  AUTHENTICATION_REQUIRED: None;
  ACCESS_DENIED: None;
  RATE_LIMITED: { readonly limit: number; readonly retryAfterSeconds: number };
  OVERLOADED: None;
  REQUEST_TIMED_OUT: None;
  SIGNING_KEYS_UNAVAILABLE: None;
}

/** Fails to compile when a code of the catalogue has no details above. */
export type DetailsOf<TCode extends ErrorCode> = ErrorDetails[TCode];
