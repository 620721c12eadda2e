import type { ProblemKind } from './problem-schemas.ts';

/** The errors of all packages, by code. `npm run docs` writes this from their definitions. */
export const problemCatalogue: Readonly<Record<string, ProblemKind>> = {
  ACCESS_DENIED: { status: 403, title: 'The role of the user does not permit this.' },
  AMEND_LIMIT_REACHED: {
    status: 409,
    title: 'The order was amended as often as an order may be.',
    details: { type: 'object', properties: { maximum: { type: 'number' } }, required: ['maximum'] },
  },
  AMOUNT_INVALID: {
    status: 400,
    title: 'The amount is not valid.',
    details: {
      type: 'object',
      properties: { field: { type: 'string' }, rule: { type: 'string' }, scale: { type: 'number' } },
      required: ['rule'],
    },
  },
  ASSET_EXISTS: {
    status: 409,
    title: 'The asset already exists.',
    details: { type: 'object', properties: { assetId: { type: 'string' } }, required: ['assetId'] },
  },
  ASSET_ID_RESERVED: {
    status: 422,
    title: 'The asset id is an ISO 4217 currency code.',
    details: { type: 'object', properties: { assetId: { type: 'string' } }, required: ['assetId'] },
  },
  ASSET_INACTIVE: {
    status: 422,
    title: 'The asset is not active.',
    details: { type: 'object', properties: { assetId: { type: 'string' } }, required: ['assetId'] },
  },
  ASSET_NOT_FOUND: {
    status: 404,
    title: 'There is no such asset.',
    details: { type: 'object', properties: { assetId: { type: 'string' } }, required: ['assetId'] },
  },
  AUTHENTICATION_REQUIRED: { status: 401, title: 'A valid access token is required.' },
  BALANCE_EXISTS: {
    status: 409,
    title: 'The balance already exists.',
    details: {
      type: 'object',
      properties: { code: { type: 'string' }, owner: { type: 'string' } },
      required: ['code', 'owner'],
    },
  },
  BALANCE_FROZEN: {
    status: 403,
    title: 'The balance is frozen.',
    details: { type: 'object', properties: { code: { type: 'string' } }, required: ['code'] },
  },
  BALANCE_INSUFFICIENT: {
    status: 422,
    title: 'The available balance does not cover the amount.',
    details: {
      type: 'object',
      properties: { available: { type: 'string' }, code: { type: 'string' }, required: { type: 'string' } },
      required: ['available', 'code', 'required'],
    },
  },
  BALANCE_NOT_FOUND: {
    status: 404,
    title: 'There is no such balance.',
    details: {
      type: 'object',
      properties: { code: { type: 'string' }, owner: { type: 'string' } },
      required: ['code', 'owner'],
    },
  },
  BALANCE_SCALE_MISMATCH: {
    status: 409,
    title: 'The scale of the amount is not that of the balance.',
    details: {
      type: 'object',
      properties: { code: { type: 'string' }, expectedScale: { type: 'number' }, scale: { type: 'number' } },
      required: ['code', 'expectedScale', 'scale'],
    },
  },
  CLOCK_OFF: {
    status: 503,
    title: 'The clock of the service is wrong.',
    details: {
      type: 'object',
      properties: { maxClockErrorMs: { type: 'number' }, offsetMs: { type: 'number' } },
      required: ['maxClockErrorMs', 'offsetMs'],
    },
  },
  CONTENTION: {
    status: 503,
    title: 'The items are being modified by another request.',
    details: { type: 'object', properties: { attempts: { type: 'number' } }, required: ['attempts'] },
  },
  CONVERSION_BELOW_MINIMUM: {
    status: 422,
    title: 'The amount is too small to be converted.',
    details: {
      type: 'object',
      properties: { amount: { type: 'string' }, code: { type: 'string' }, minimum: { type: 'string' } },
      required: ['amount', 'code', 'minimum'],
    },
  },
  CREDENTIALS_INVALID: { status: 401, title: 'The credentials are not valid.' },
  CREDENTIALS_UNAVAILABLE: {
    status: 503,
    title: 'Credentials could not be obtained.',
    details: { type: 'object', properties: { roleArn: { type: 'string' } } },
  },
  CURRENCY_NOT_REGISTERED: {
    status: 422,
    title: 'The currency is not registered.',
    details: { type: 'object', properties: { code: { type: 'string' } }, required: ['code'] },
  },
  CURRENCY_PAIR_NOT_SUPPORTED: {
    status: 422,
    title: 'The two currencies are not converted into one another.',
    details: {
      type: 'object',
      properties: { from: { type: 'string' }, to: { type: 'string' } },
      required: ['from', 'to'],
    },
  },
  CURSOR_INVALID: {
    status: 400,
    title: 'The cursor is not valid for this query.',
    details: { type: 'object', properties: { reason: { type: 'string' } }, required: ['reason'] },
  },
  DATABASE_UNAVAILABLE: { status: 503, title: 'The database cannot be reached.' },
  EMAIL_TAKEN: { status: 409, title: 'The email address is taken.' },
  EXITS_ON_WRONG_SIDE: {
    status: 422,
    title: 'The exits are on the wrong side of the entry.',
    details: {
      type: 'object',
      properties: { bound: { type: 'string' }, field: { type: 'string' }, price: { type: 'string' } },
      required: ['bound', 'field', 'price'],
    },
  },
  EXPIRY_OUT_OF_RANGE: {
    status: 422,
    title: 'The time of expiry is out of range.',
    details: {
      type: 'object',
      properties: { after: { type: 'string' }, atMost: { type: 'string' }, expiresAt: { type: 'string' } },
      required: ['after', 'atMost', 'expiresAt'],
    },
  },
  FEE_INVALID: {
    status: 503,
    title: 'The fee schedule gave no valid fee.',
    details: {
      type: 'object',
      properties: { assetId: { type: 'string' }, rule: { type: 'string' } },
      required: ['assetId', 'rule'],
    },
  },
  FEE_UNAVAILABLE: {
    status: 503,
    title: 'The fee of the order cannot be told.',
    details: { type: 'object', properties: { assetId: { type: 'string' } }, required: ['assetId'] },
  },
  FILL_EXCEEDS_ORDER: {
    status: 409,
    title: 'The fill is larger than what remains of the order.',
    details: {
      type: 'object',
      properties: { quantity: { type: 'string' }, remaining: { type: 'string' } },
      required: ['quantity', 'remaining'],
    },
  },
  IDEMPOTENCY_KEY_REUSED: { status: 409, title: 'The idempotency key was used with another request.' },
  LAST_ADMIN: { status: 409, title: 'The user is the last active administrator.' },
  LIMIT_ON_WRONG_SIDE: {
    status: 422,
    title: 'The limit price is on the wrong side of the stop price.',
    details: {
      type: 'object',
      properties: { limit: { type: 'string' }, stop: { type: 'string' } },
      required: ['limit', 'stop'],
    },
  },
  LOGIN_DELAYED: {
    status: 429,
    title: 'Log-in is delayed after failed attempts.',
    details: { type: 'object', properties: { retryAfterSeconds: { type: 'number' } }, required: ['retryAfterSeconds'] },
  },
  NOTIONAL_BELOW_MINIMUM: {
    status: 422,
    title: 'The value of the order is below the minimum of the asset.',
    details: {
      type: 'object',
      properties: { assetId: { type: 'string' }, minimum: { type: 'string' }, notional: { type: 'string' } },
      required: ['assetId', 'minimum', 'notional'],
    },
  },
  ORDER_EVENTS_UNAVAILABLE: { status: 501, title: 'Order events are not available here.' },
  ORDER_NOT_AMENDABLE: {
    status: 409,
    title: 'The order cannot be amended.',
    details: {
      type: 'object',
      properties: {
        orderId: { type: 'string' },
        reason: {
          type: 'string',
          enum: ['END_REQUESTED', 'LOWERS_VENUE_HOLD', 'MARKET_ORDER', 'PAST_EXPIRY', 'SET_ASIDE'],
        },
        status: { type: 'string' },
      },
      required: ['orderId', 'status'],
    },
  },
  ORDER_NOT_CANCELLABLE: {
    status: 409,
    title: 'The order cannot be cancelled.',
    details: {
      type: 'object',
      properties: { orderId: { type: 'string' }, status: { type: 'string' } },
      required: ['orderId', 'status'],
    },
  },
  ORDER_NOT_FOUND: {
    status: 404,
    title: 'There is no such order.',
    details: { type: 'object', properties: { orderId: { type: 'string' } }, required: ['orderId'] },
  },
  ORDER_NOT_MARKETABLE: {
    status: 422,
    title: 'The order cannot be executed at once.',
    details: {
      type: 'object',
      properties: { limit: { type: 'string' }, price: { type: 'string' } },
      required: ['limit', 'price'],
    },
  },
  ORDER_NOT_OPEN: {
    status: 409,
    title: 'The order is over.',
    details: {
      type: 'object',
      properties: { orderId: { type: 'string' }, status: { type: 'string' } },
      required: ['orderId', 'status'],
    },
  },
  ORDER_NOT_REFUNDABLE: {
    status: 409,
    title: 'The order cannot be refunded.',
    details: {
      type: 'object',
      properties: { orderId: { type: 'string' }, status: { type: 'string' } },
      required: ['orderId', 'status'],
    },
  },
  ORDER_TRANSITION_ILLEGAL: {
    status: 409,
    title: 'The order cannot change from its status to that one.',
    details: {
      type: 'object',
      properties: { from: { type: 'string' }, orderId: { type: 'string' }, to: { type: 'string' } },
      required: ['from', 'to'],
    },
  },
  ORDER_WOULD_TRIGGER: {
    status: 422,
    title: 'The order would trigger at once.',
    details: {
      type: 'object',
      properties: { price: { type: 'string' }, trigger: { type: 'string' } },
      required: ['price', 'trigger'],
    },
  },
  OUTCOME_UNKNOWN: {
    status: 503,
    title: 'It is not known whether the request was carried out.',
    details: { type: 'object', properties: {}, additionalProperties: true },
  },
  OVERLOADED: { status: 503, title: 'The service is overloaded.' },
  PRICE_AHEAD: {
    status: 503,
    title: 'The price is of a time that has not come yet.',
    details: {
      type: 'object',
      properties: { assetId: { type: 'string' }, maxAheadMs: { type: 'number' }, priceAsOf: { type: 'string' } },
      required: ['assetId', 'maxAheadMs', 'priceAsOf'],
    },
  },
  PRICE_EXISTS: {
    status: 409,
    title: 'Another price of that time is already set.',
    details: {
      type: 'object',
      properties: { asOf: { type: 'string' }, assetId: { type: 'string' } },
      required: ['asOf', 'assetId'],
    },
  },
  PRICE_LIMIT_EXCEEDED: {
    status: 422,
    title: 'The price is beyond the limit given with the order.',
    details: {
      type: 'object',
      properties: { assetId: { type: 'string' }, limit: { type: 'string' }, price: { type: 'string' } },
      required: ['assetId', 'limit', 'price'],
    },
  },
  PRICE_OUTDATED: {
    status: 409,
    title: 'A newer price is already set.',
    details: {
      type: 'object',
      properties: { asOf: { type: 'string' }, assetId: { type: 'string' }, currentAsOf: { type: 'string' } },
      required: ['asOf', 'assetId', 'currentAsOf'],
    },
  },
  PRICE_STALE: {
    status: 503,
    title: 'The price is too old to trade on.',
    details: {
      type: 'object',
      properties: { assetId: { type: 'string' }, maxAgeMs: { type: 'number' }, priceAsOf: { type: 'string' } },
      required: ['assetId', 'maxAgeMs', 'priceAsOf'],
    },
  },
  PRICE_UNAVAILABLE: {
    status: 503,
    title: 'The asset has no price to trade on.',
    details: { type: 'object', properties: { assetId: { type: 'string' } }, required: ['assetId'] },
  },
  QUANTITY_BELOW_FILLED: {
    status: 409,
    title: 'The quantity is not above what is filled.',
    details: {
      type: 'object',
      properties: { filled: { type: 'string' }, quantity: { type: 'string' } },
      required: ['filled', 'quantity'],
    },
  },
  QUANTITY_BELOW_MINIMUM: {
    status: 422,
    title: 'The quantity is below the minimum of the asset.',
    details: {
      type: 'object',
      properties: { assetId: { type: 'string' }, minimum: { type: 'string' }, quantity: { type: 'string' } },
      required: ['assetId', 'minimum', 'quantity'],
    },
  },
  QUOTE_INVALID: {
    status: 503,
    title: 'The price source gave no valid quote.',
    details: {
      type: 'object',
      properties: { assetId: { type: 'string' }, field: { type: 'string' }, rule: { type: 'string' } },
      required: ['assetId', 'field', 'rule'],
    },
  },
  RATE_LIMITED: {
    status: 429,
    title: 'Too many requests in too short a time.',
    details: {
      type: 'object',
      properties: { limit: { type: 'number' }, retryAfterSeconds: { type: 'number' } },
      required: ['limit', 'retryAfterSeconds'],
    },
  },
  RECIPIENT_UNKNOWN: {
    status: 422,
    title: 'The recipient is not known.',
    details: { type: 'object', properties: { code: { type: 'string' } }, required: ['code'] },
  },
  REQUEST_TIMED_OUT: { status: 503, title: 'The request took too long.' },
  SESSION_ENDED: {
    status: 401,
    title: 'The session has ended.',
    details: {
      type: 'object',
      properties: { reason: { type: 'string', enum: ['expired', 'reused', 'revoked', 'unknown'] } },
      required: ['reason'],
    },
  },
  SIGNING_KEYS_UNAVAILABLE: { status: 503, title: 'The keys that verify access tokens cannot be read.' },
  THROTTLED: {
    status: 503,
    title: 'The database limits the rate of requests.',
    details: { type: 'object', properties: { attempts: { type: 'number' } }, required: ['attempts'] },
  },
  TICK_LOG_GAP: {
    status: 503,
    title: 'The log of prices could not be read without a gap.',
    details: {
      type: 'object',
      properties: { after: { type: 'string' }, assetId: { type: 'string' } },
      required: ['assetId'],
    },
  },
  TOO_MANY_FILLS: {
    status: 409,
    title: 'The order cannot take that many fills.',
    details: { type: 'object', properties: { maxFills: { type: 'number' } }, required: ['maxFills'] },
  },
  TOO_MANY_OPEN_ORDERS: {
    status: 409,
    title: 'Too many open orders hold this currency or asset.',
    details: {
      type: 'object',
      properties: { code: { type: 'string' }, maximum: { type: 'number' } },
      required: ['code', 'maximum'],
    },
  },
  TOO_MANY_STREAMS: {
    status: 429,
    title: 'Too many streams of order events are open.',
    details: { type: 'object', properties: { maximum: { type: 'number' } }, required: ['maximum'] },
  },
  TRAIL_TOO_WIDE: {
    status: 422,
    title: 'The trail is as wide as the price.',
    details: {
      type: 'object',
      properties: { price: { type: 'string' }, trail: { type: 'string' } },
      required: ['price', 'trail'],
    },
  },
  TRANSACTION_NOT_FOUND: {
    status: 404,
    title: 'There is no such balance transaction.',
    details: { type: 'object', properties: { transactionId: { type: 'string' } }, required: ['transactionId'] },
  },
  TRANSACTION_NOT_PENDING: {
    status: 409,
    title: 'The balance transaction is not pending.',
    details: {
      type: 'object',
      properties: { status: { type: 'string' }, transactionId: { type: 'string' } },
      required: ['status', 'transactionId'],
    },
  },
  USER_NOT_ACTIVE: {
    status: 403,
    title: 'The user is not active.',
    details: {
      type: 'object',
      properties: { status: { type: 'string' }, username: { type: 'string' } },
      required: ['status', 'username'],
    },
  },
  USER_NOT_FOUND: {
    status: 404,
    title: 'There is no such user.',
    details: { type: 'object', properties: { username: { type: 'string' } }, required: ['username'] },
  },
  USERNAME_TAKEN: {
    status: 409,
    title: 'The username is taken.',
    details: { type: 'object', properties: { username: { type: 'string' } }, required: ['username'] },
  },
  VALIDATION_FAILED: { status: 400, title: 'The input breaks a rule.' },
  VERSION_CONFLICT: {
    status: 409,
    title: 'The resource was changed by another request.',
    details: {
      type: 'object',
      properties: {
        currentVersion: { type: 'number' },
        expectedVersion: { type: 'number' },
        resource: { type: 'string' },
      },
      required: ['expectedVersion', 'resource'],
    },
  },
  WRITE_EXPIRED: {
    status: 503,
    title: 'The write could not be sent in time.',
    details: {
      type: 'object',
      properties: { afterMs: { type: 'number' }, operation: { type: 'string' } },
      required: ['afterMs', 'operation'],
    },
  },
};
