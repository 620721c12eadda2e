import { MAX_MINOR, MAX_SCALE } from '@cnop/utils';
import { assetIdSchema } from '@cnop/validation';
import fc from 'fast-check';

import { OrderStatus, OrderType, TimeInForce, type Order, type OrderFill } from '@cnop/entities-order';

/** Small amounts, which the document client reads as `number`, and large ones, which it reads as `bigint`. */
const positiveMinors = fc.oneof(fc.bigInt(1n, 1_000_000n), fc.bigInt(1n, MAX_MINOR));
export const owners = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{2,29}$/);
export const assetIds = fc
  .stringMatching(/^[A-Z][A-Z0-9.-]{0,19}$/)
  .filter((assetId) => assetIdSchema.safeParse(assetId).success);
export const clientOrderIds = fc.stringMatching(/^[!-~]{1,64}$/);
export const timestamps = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());
export const statuses = fc.constantFrom(...Object.values(OrderStatus));

const scales = fc.integer({ min: 0, max: MAX_SCALE });
const names = fc.stringMatching(/^[a-z][a-z-]{0,30}$/);

const fills: fc.Arbitrary<OrderFill> = fc.record(
  {
    feeMinor: positiveMinors,
    tickAsOf: timestamps,
    venueFillId: clientOrderIds,
    transactionId: fc.ulid(),
    priceMinor: positiveMinors,
    quantityMinor: positiveMinors,
    notionalMinor: positiveMinors,
    executedAt: timestamps,
  },
  {
    requiredKeys: ['transactionId', 'priceMinor', 'quantityMinor', 'notionalMinor', 'executedAt'],
    noNullPrototype: true,
  },
);

const required = {
  orderId: fc.uuid(),
  owner: owners,
  orderType: fc.constantFrom(...Object.values(OrderType)),
  status: statuses,
  assetId: assetIds,
  currency: fc.constantFrom('USD', 'EUR', 'JPY', 'BHD'),
  quantityMinor: positiveMinors,
  quantityScale: scales,
  priceScale: scales,
  currencyScale: scales,
  fills: fc.array(fills, { maxLength: 3 }),
  heldMinor: fc.oneof(fc.constant(0n), positiveMinors),
  createdAt: timestamps,
  updatedAt: timestamps,
  version: fc.integer({ min: 1, max: 1_000_000 }),
};

const stops = {
  stopPriceMinor: positiveMinors,
  stopLimitPriceMinor: positiveMinors,
  trailAmountMinor: positiveMinors,
  trailBps: fc.integer({ min: 1, max: 9_999 }),
};
const change = { at: timestamps, actor: owners, version: fc.integer({ min: 2, max: 60 }), field: names };

const standing = {
  ...stops,
  timeInForce: fc.constantFrom(...Object.values(TimeInForce)),
  expiresAt: timestamps,
  activeAsOf: timestamps,
  repricedAt: timestamps,
  triggeredAt: timestamps,
  endedAt: timestamps,
  watermarkMinor: positiveMinors,
  holdPriceMinor: positiveMinors,
  collarBps: fc.integer({ min: 0, max: 10_000 }),
  notionalMinor: positiveMinors,
  maxFills: fc.integer({ min: 1, max: 32 }),
  execution: fc.constant('VENUE' as const),
  exitTerms: fc.record(
    { takeProfitPriceMinor: positiveMinors, ...stops, feeBps: fc.integer({ min: 0, max: 1_000 }) },
    { requiredKeys: ['takeProfitPriceMinor'], noNullPrototype: true },
  ),
  exits: fc.array(fc.record({ orderId: fc.uuid(), quantityMinor: positiveMinors }, { noNullPrototype: true }), {
    maxLength: 3,
  }),
  parentOrderId: fc.uuid(),
  adjustments: fc.array(
    fc.record(
      { transactionId: fc.ulid(), transactionType: fc.constantFrom('ORDER_HOLD' as const, 'ORDER_RELEASE' as const) },
      { noNullPrototype: true },
    ),
    { maxLength: 3 },
  ),
  changes: fc.array(
    fc.record(
      { ...change, from: names, to: names },
      { requiredKeys: ['at', 'actor', 'version', 'field'], noNullPrototype: true },
    ),
    { maxLength: 3 },
  ),
  endRequested: fc.record(
    { status: statuses, code: fc.constantFrom('ASSET_INACTIVE'), at: timestamps },
    { requiredKeys: ['status', 'at'], noNullPrototype: true },
  ),
  setAsideAt: timestamps,
  setAsideCode: fc.constantFrom('DATABASE_ERROR'),
};

const optional = {
  ...standing,
  clientOrderId: clientOrderIds,
  limitPriceMinor: positiveMinors,
  maxPriceMinor: positiveMinors,
  minPriceMinor: positiveMinors,
  feeBps: fc.integer({ min: 0, max: 1_000 }),
  priceAsOf: timestamps,
  priceSource: names,
  holdTransactionId: fc.ulid(),
  releaseTransactionId: fc.ulid(),
  refundTransactionId: fc.ulid(),
  failureCode: fc.constantFrom('BALANCE_INSUFFICIENT', 'PRICE_STALE'),
  note: fc.string({ minLength: 1, maxLength: 100, unit: 'grapheme' }).filter((note) => note.length <= 500),
  metadata: fc.dictionary(names, names, { maxKeys: 5, noNullPrototype: true }),
};

/** Every valid order, sensible or not: the fields are independent of one another. */
export const orders: fc.Arbitrary<Order> = fc.record(
  { ...required, ...optional },
  { requiredKeys: Object.keys(required) as (keyof typeof required)[], noNullPrototype: true },
);
