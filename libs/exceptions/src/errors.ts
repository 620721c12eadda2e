import { defineErrors } from './define-errors.ts';

/** One broken rule of an input: where (RFC 6901 JSON pointer), which rule, and a sentence for people. */
export interface ValidationIssue {
  readonly pointer: string;
  readonly rule: string;
  readonly message: string;
}

/** Why the database refused a request, as far as it said. */
export interface DatabaseRefusal {
  /** `KEY_SCHEMA`: the table has other keys or indexes than declared. `CREDENTIALS_REFUSED`: DynamoDB does not accept the keys. `OTHER`: see the cause. */
  readonly reason:
    'TABLE_MISSING' | 'KEY_SCHEMA' | 'CREDENTIALS_UNAVAILABLE' | 'CREDENTIALS_REFUSED' | 'ACCESS_DENIED' | 'OTHER';
  /** The operation of DynamoDB, such as `PutItem`; absent where no request was made. */
  readonly operation?: string;
  /** The physical name of the table, or those of all that a transaction writes to where it is not known which. */
  readonly table?: string;
  /** The action that IAM denied, such as `dynamodb:PutItem`. */
  readonly action?: string;
}

/** The errors that belong to no domain: of inputs and settings, of the database, and of the edge. */
export const sharedErrors = defineErrors({
  /** An input breaks one or more rules; each is named with its field. */
  ValidationError: {
    code: 'VALIDATION_FAILED',
    status: 400,
    title: 'The input breaks a rule.',
    advice: 'Each entry of `errors` names a field by JSON pointer, the rule and a message. Nothing was changed.',
    message: ({ issues }: { readonly issues: readonly ValidationIssue[] }) => issues.map(issueText).join(' '),
  },
  /** A text or number that cannot be an amount at the given scale. */
  InvalidAmountError: {
    code: 'AMOUNT_INVALID',
    status: 400,
    title: 'The amount is not valid.',
    advice:
      'Amounts are plain decimal text with no more decimals than the scale of their code, and at most 10^24 minor units.',
    message: (details: { readonly rule: string; readonly scale?: number; readonly field?: string }) =>
      `${details.field ?? 'amount'} breaks the rule: ${details.rule}`,
  },
  /** A page cursor that was tampered with or belongs to another query. */
  InvalidCursorError: {
    code: 'CURSOR_INVALID',
    status: 400,
    title: 'The cursor is not valid for this query.',
    advice: 'A cursor belongs to one query and is opaque. Start again without it.',
    message: ({ reason }: { readonly reason: string }) => `the cursor is not valid: ${reason}`,
  },
  /** Settings are missing or break their rules, all of them at once. A rule repeats no value that may be a secret. */
  ConfigurationError: {
    code: 'CONFIGURATION_INVALID',
    status: 500,
    title: 'The configuration is not valid.',
    advice: 'The settings named in `details` are missing or break their rules; correct them and start again.',
    message: ({ settings }: { readonly settings: readonly Readonly<Record<'setting' | 'rule', string>>[] }) =>
      `configuration: ${settings.map(({ setting, rule }) => `${setting} ${rule}`).join('; ')}`,
  },
  /** The same idempotency key came with a different request. */
  IdempotencyKeyReusedError: {
    code: 'IDEMPOTENCY_KEY_REUSED',
    status: 409,
    title: 'The idempotency key was used with another request.',
    advice: 'Use a new key for a new request; repeat a request with exactly the same body.',
  },
  /** An optimistic update lost against another one. */
  VersionConflictError: {
    code: 'VERSION_CONFLICT',
    status: 409,
    title: 'The resource was changed by another request.',
    advice: 'Read it again and repeat the change on the new version.',
    message: (details: {
      readonly resource: string;
      readonly expectedVersion: number;
      readonly currentVersion?: number;
    }) => `the ${details.resource} is no longer at version ${details.expectedVersion}`,
  },
  /** A write may or may not have happened; repeat it with the same idempotency key. */
  OutcomeUnknownError: {
    code: 'OUTCOME_UNKNOWN',
    status: 503,
    retryable: true,
    title: 'It is not known whether the request was carried out.',
    advice:
      'Repeat it with the same idempotency key: it takes effect at most once, and the response says what became of it.',
    message: ({ operation }: Readonly<Record<string, unknown>>) =>
      `the outcome of ${typeof operation === 'string' ? operation : 'the request'} is not known`,
  },
  /** A write could not be sent in time; nothing was written. */
  WriteExpiredError: {
    code: 'WRITE_EXPIRED',
    status: 503,
    retryable: true,
    title: 'The write could not be sent in time.',
    advice: 'Nothing was changed. Try again.',
    message: ({ operation, afterMs }: { readonly operation: string; readonly afterMs: number }) =>
      `${operation} could not be sent within ${afterMs} ms`,
  },
  /** Our clock is not that of the database; nothing was written. */
  ClockOffError: {
    code: 'CLOCK_OFF',
    status: 503,
    retryable: true,
    title: 'The clock of the service is wrong.',
    advice: 'Nothing was changed. Try again; whoever runs the service has to set its clock.',
    message: ({ offsetMs, maxClockErrorMs }: { readonly offsetMs: number; readonly maxClockErrorMs: number }) =>
      `the clock of the database is ${offsetMs} ms ahead of ours, more than ${maxClockErrorMs} ms off`,
  },
  /** Conflicts with other writes outlasted every retry; nothing was written. */
  ContentionError: {
    code: 'CONTENTION',
    status: 503,
    retryable: true,
    title: 'The items are being modified by another request.',
    advice: 'Nothing was changed. Try again.',
    message: ({ attempts }: { readonly attempts: number }) =>
      `the items were being modified by other requests in each of ${attempts} attempts`,
  },
  /** Throttling outlasted every retry; nothing was written. */
  ThrottledError: {
    code: 'THROTTLED',
    status: 503,
    retryable: true,
    title: 'The database limits the rate of requests.',
    advice: 'Nothing was changed. Try again later.',
    message: ({ attempts }: { readonly attempts: number }) => `the database throttled each of ${attempts} attempts`,
  },
  /** The database did not respond; nothing was written. */
  DatabaseUnavailableError: {
    code: 'DATABASE_UNAVAILABLE',
    status: 503,
    retryable: true,
    title: 'The database cannot be reached.',
    advice: 'Nothing was changed. Try again later.',
  },
  /** The database refused the request for a reason that the caller cannot correct. */
  DatabaseError: {
    code: 'DATABASE_ERROR',
    status: 500,
    title: 'The database refused the request.',
    advice:
      '`details` name the operation, the table and the reason: `TABLE_MISSING`, `KEY_SCHEMA` (other keys or indexes than declared), `CREDENTIALS_UNAVAILABLE`, `CREDENTIALS_REFUSED`, `ACCESS_DENIED` with the `action` that IAM named, or `OTHER`. The log has the cause.',
    message: ({ operation = 'a request', table, reason, action }: DatabaseRefusal) =>
      `${operation}${table === undefined ? '' : ` on ${table}`}: ${reason}${action === undefined ? '' : ` (${action})`}`,
  },
  /** A role could not be assumed. */
  CredentialsUnavailableError: {
    code: 'CREDENTIALS_UNAVAILABLE',
    status: 503,
    retryable: true,
    title: 'Credentials could not be obtained.',
    advice: 'The role could not be assumed; the log has the reason.',
    message: ({ roleArn = 'the role' }: { readonly roleArn?: string }) => `${roleArn} could not be assumed`,
  },
  /** The request carries no access token that is valid now; the cause says why, for the log alone. */
  AuthenticationRequiredError: {
    code: 'AUTHENTICATION_REQUIRED',
    status: 401,
    title: 'A valid access token is required.',
    advice:
      'Send `Authorization: Bearer <token>` with a token that has not expired, of a user who is active; log in again or refresh.',
  },
  /** The user is known, but has no role that permits the request. */
  AccessDeniedError: {
    code: 'ACCESS_DENIED',
    status: 403,
    title: 'The role of the user does not permit this.',
    advice: 'Another role is needed for this route.',
  },
  /** The address or the user has sent more requests than a limit allows. */
  RateLimitedError: {
    code: 'RATE_LIMITED',
    status: 429,
    retryable: true,
    title: 'Too many requests in too short a time.',
    advice: 'Nothing was changed. Try again after `retryAfterSeconds`; the `RateLimit-*` headers say what is left.',
    message: ({ limit, retryAfterSeconds }: { readonly limit: number; readonly retryAfterSeconds: number }) =>
      `the limit of ${limit} requests is reached; try again in ${retryAfterSeconds} s`,
  },
  /** The process has more to do than it can respond to in time; the request was not processed. */
  OverloadedError: {
    code: 'OVERLOADED',
    status: 503,
    retryable: true,
    title: 'The service is overloaded.',
    advice: 'Nothing was changed. Try again after the time that `Retry-After` names.',
  },
  /** A request that changes nothing took too long. */
  RequestTimedOutError: {
    code: 'REQUEST_TIMED_OUT',
    status: 503,
    retryable: true,
    title: 'The request took too long.',
    advice: 'Nothing was changed. Try again.',
  },
  /** The public keys that access tokens are verified with could not be read. */
  SigningKeysUnavailableError: {
    code: 'SIGNING_KEYS_UNAVAILABLE',
    status: 503,
    retryable: true,
    title: 'The keys that verify access tokens cannot be read.',
    advice: 'Nothing was changed. Try again; the log has the reason.',
  },
});

const issueText = ({ pointer, message }: ValidationIssue): string =>
  `${pointer === '' ? 'input' : pointer}: ${message}`;
