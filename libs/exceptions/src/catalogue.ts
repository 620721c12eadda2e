/** What the catalogue says of one error code. */
export interface CatalogueEntry {
  /** The HTTP status a service answers with. */
  readonly status: number;
  /** The fixed sentence that is the error's message and the problem document's title. */
  readonly title: string;
  /** Whether the very same call may succeed when repeated, with the same idempotency key if it moves money. */
  readonly retryable: boolean;
  /** What it means and what to do, for the documentation page. */
  readonly advice: string;
}

const entry = (status: number, title: string, advice: string): CatalogueEntry => ({
  status,
  title,
  retryable: false,
  advice,
});

const retryableEntry = (status: number, title: string, advice: string): CatalogueEntry => ({
  status,
  title,
  retryable: true,
  advice,
});

/** Every error code of the product with its HTTP status, fixed title and advice: the one place where these are decided. */
export const errorCatalogue = {
  VALIDATION_FAILED: entry(
    400,
    'The input breaks a rule.',
    'See `issues`: each names the field by a JSON pointer, the rule and a message. Nothing was changed.',
  ),
  AMOUNT_INVALID: entry(
    400,
    'The amount is not valid.',
    'Amounts are plain decimal text with no more decimals than the scale of their code, and at most 10^24 minor units.',
  ),
  CURSOR_INVALID: entry(
    400,
    'The cursor is not valid for this query.',
    'A cursor belongs to one query and is opaque. Start again without it.',
  ),
  CONFIGURATION_INVALID: entry(
    500,
    'The configuration is not valid.',
    'The setting named in `details` is missing or breaks its rule; correct it and start again.',
  ),
  USER_NOT_FOUND: entry(404, 'There is no such user.', 'Check the username; it is looked up in lower case.'),
  USERNAME_TAKEN: entry(409, 'The username is taken.', 'Choose another username.'),
  EMAIL_TAKEN: entry(
    409,
    'The e-mail address is taken.',
    'Use another address, or sign in with the account that has it.',
  ),
  CREDENTIALS_INVALID: entry(401, 'The credentials are not valid.', 'Unknown user and wrong password answer alike.'),
  LOGIN_DELAYED: retryableEntry(
    429,
    'Logging in has to wait after failed attempts.',
    'Try again after `retryAfterSeconds`. Each further attempt that fails makes the wait longer.',
  ),
  SESSION_ENDED: entry(
    401,
    'The session has ended.',
    'Log in again. `reason` says whether the refresh token is unknown, expired, revoked, or was used before.',
  ),
  USER_NOT_ACTIVE: entry(403, 'The user is not active.', 'The user is suspended or deleted.'),
  BALANCE_NOT_FOUND: entry(404, 'There is no such balance.', 'A balance exists from its first credit on.'),
  BALANCE_EXISTS: entry(409, 'The balance exists already.', 'Nothing to do: use the balance that is there.'),
  BALANCE_INSUFFICIENT: entry(
    422,
    'The available balance does not cover the amount.',
    '`available` and `required` say both figures. Held amounts are not available.',
  ),
  BALANCE_FROZEN: entry(
    403,
    'The balance is frozen.',
    'A frozen balance takes credits but no debits until it is made active again.',
  ),
  BALANCE_SCALE_MISMATCH: entry(
    409,
    'The amount has another scale than the balance.',
    'The scale of a code never changes; the caller used a wrong definition of the asset.',
  ),
  CURRENCY_NOT_REGISTERED: entry(
    422,
    'The currency is not registered.',
    'Only currencies that this deployment registers can be deposited and withdrawn.',
  ),
  TRANSACTION_NOT_FOUND: entry(
    404,
    'There is no such balance transaction.',
    'Check the id and the user it belongs to.',
  ),
  TRANSACTION_NOT_PENDING: entry(
    409,
    'The balance transaction is not pending.',
    'Only a pending deposit can be settled, failed or cancelled, and only once.',
  ),
  ORDER_NOT_FOUND: entry(404, 'There is no such order.', 'Check the id and the user it belongs to.'),
  ORDER_NOT_CANCELLABLE: entry(
    409,
    'The order cannot be cancelled.',
    'It has reached a status that it does not leave.',
  ),
  ORDER_NOT_REFUNDABLE: entry(409, 'The order cannot be refunded.', 'Only a completed order can be refunded.'),
  ORDER_TRANSITION_ILLEGAL: entry(
    409,
    'The order may not go from its status to that one.',
    'See the table of order statuses.',
  ),
  ORDER_TYPE_NOT_SUPPORTED: entry(
    422,
    'The order type cannot be placed here.',
    'Use one of the supported order types.',
  ),
  ASSET_NOT_FOUND: entry(404, 'There is no such asset.', 'Check the asset id.'),
  ASSET_EXISTS: entry(409, 'The asset exists already.', 'Update the asset, or choose another id.'),
  ASSET_INACTIVE: entry(422, 'The asset is not active.', 'It is not traded at present.'),
  ASSET_ID_RESERVED: entry(
    422,
    'The asset id is an ISO 4217 currency code.',
    'Balances of assets and currencies share one name space; choose another id.',
  ),
  PRICE_UNAVAILABLE: retryableEntry(503, 'The asset has no price.', 'Try again when a price has been set.'),
  PRICE_STALE: retryableEntry(503, 'The price is too old to trade on.', 'Try again when a newer price has been set.'),
  PRICE_LIMIT_EXCEEDED: entry(
    422,
    'The price is beyond the limit given with the order.',
    'Nothing was traded. Place the order again with another limit.',
  ),
  PRICE_OUTDATED: entry(409, 'A newer price is already set.', 'Nothing to do: the older price was not taken.'),
  QUANTITY_BELOW_MINIMUM: entry(422, 'The quantity is below the minimum of the asset.', 'Order at least `minimum`.'),
  NOTIONAL_BELOW_MINIMUM: entry(
    422,
    'The value of the order is below the minimum of the asset.',
    'Order a value of at least `minimum`.',
  ),
  VERSION_CONFLICT: entry(
    409,
    'It was changed by someone else in the meantime.',
    'Read it again and repeat the change on the new version.',
  ),
  IDEMPOTENCY_KEY_REUSED: entry(
    409,
    'The idempotency key was used with another request.',
    'Use a new key for a new request; repeat a request with exactly the same body.',
  ),
  OUTCOME_UNKNOWN: retryableEntry(
    503,
    'It is not known whether the request was carried out.',
    'Repeat it with the same idempotency key: it takes effect at most once, and the answer tells.',
  ),
  CONTENTION: retryableEntry(503, 'Other writes to the same items were in the way.', 'Nothing was changed. Try again.'),
  THROTTLED: retryableEntry(503, 'The database limits the rate of requests.', 'Nothing was changed. Try again later.'),
  DATABASE_UNAVAILABLE: retryableEntry(503, 'The database cannot be reached.', 'Nothing was changed. Try again later.'),
  DATABASE_ERROR: entry(
    500,
    'The database refused the request.',
    'A permission, a table or a setting is wrong; `cause` has the reason.',
  ),
  CREDENTIALS_UNAVAILABLE: retryableEntry(
    503,
    'Credentials could not be obtained.',
    'The role could not be assumed; `cause` has the reason.',
  ),
  AUTHENTICATION_REQUIRED: entry(
    401,
    'A valid access token is required.',
    'Send `Authorization: Bearer <token>` with a token that has not expired, of a user who is active; log in again or refresh.',
  ),
  ACCESS_DENIED: entry(403, 'The role of the user does not permit this.', 'Another role is needed for this route.'),
  RATE_LIMITED: retryableEntry(
    429,
    'Too many requests in too short a time.',
    'Nothing was changed. Try again after `retryAfterSeconds`; the `RateLimit-*` headers say what is left.',
  ),
  OVERLOADED: retryableEntry(
    503,
    'The service has too much to do at present.',
    'Nothing was changed. Try again after the time that `Retry-After` names.',
  ),
  REQUEST_TIMED_OUT: retryableEntry(503, 'The request took too long.', 'Nothing was changed. Try again.'),
  SIGNING_KEYS_UNAVAILABLE: retryableEntry(
    503,
    'The keys of access tokens cannot be read.',
    'Nothing was changed. Try again; `cause` has the reason.',
  ),
} as const satisfies Record<string, CatalogueEntry>;

/** The stable name of one kind of error; tell errors apart by it. */
export type ErrorCode = keyof typeof errorCatalogue;

/** Whether `value` is one of the catalogue's codes. */
export const isErrorCode = (value: unknown): value is ErrorCode =>
  typeof value === 'string' && Object.hasOwn(errorCatalogue, value);

/** Where the documentation describes a code, as a path within the product's documentation. */
export const documentationOf = (code: ErrorCode): string => `docs/errors.md#${code.toLowerCase()}`;
