import { afterPrefix, keyPart, type ItemKey, type RawItem } from '@cnop/stored-items';
import { compileItemParser, compileItemReader, type ItemOf } from '@cnop/stored-items/compile';
import { item } from 'dynamodb-toolbox/schema/item';
import { list } from 'dynamodb-toolbox/schema/list';
import { map } from 'dynamodb-toolbox/schema/map';
import { number } from 'dynamodb-toolbox/schema/number';
import { record } from 'dynamodb-toolbox/schema/record';
import { string } from 'dynamodb-toolbox/schema/string';
import { OrderStatus } from '../order-status.ts';
import { OrderType, TimeInForce } from '../order.ts';
import type { Order } from '../order.ts';
import { openKeysOf, type TriggerShards } from '../standing/trigger-keys.ts';

const ORDER_PREFIX = 'ORDER#';
/** The sort key of an order's item. */
export const ORDER_SORT_KEY = 'ORDER';
const SCHEMA_VERSION = 1;

/** The primary key of the order with this id. */
export function orderKey(orderId: string): ItemKey {
  return { pk: `${ORDER_PREFIX}${orderId}`, sk: ORDER_SORT_KEY };
}

/** The order id in a partition key; the item itself does not repeat it. `undefined` when it is not the key of an order. */
export function orderIdOfKey(pk: string): string | undefined {
  return afterPrefix(pk, ORDER_PREFIX);
}

/** Sort key of the index `byOwnerAsset`. Both parts have a closed alphabet without `#`. */
export function assetCreatedAt(assetId: string, createdAt: string): string {
  return `${assetId}#${createdAt}`;
}

/** Sort key of the index `byOwnerStatus`. A write that changes the status must write this attribute too. */
export function statusCreatedAt(status: OrderStatus, createdAt: string): string {
  return `${status}#${createdAt}`;
}

const keyAttributes = { pk: string().key(), sk: string().key() };
const minor = number().big();

/** The attributes that an order has in the domain too, under the same names; the order id is in the partition key. */
const orderAttributes = {
  owner: string(),
  clientOrderId: string().optional(),
  orderType: string().enum(...Object.values(OrderType)),
  status: string().enum(...Object.values(OrderStatus)),
  assetId: string(),
  currency: string(),
  quantityMinor: minor,
  quantityScale: number(),
  priceScale: number(),
  currencyScale: number(),
  limitPriceMinor: minor.optional(),
  maxPriceMinor: minor.optional(),
  minPriceMinor: minor.optional(),
  feeBps: number().optional(),
  priceAsOf: string().optional(),
  priceSource: string().optional(),
  fills: list(
    map({
      transactionId: string(),
      priceMinor: minor,
      quantityMinor: minor,
      notionalMinor: minor,
      feeMinor: minor.optional(),
      tickAsOf: string().optional(),
      venueFillId: string().optional(),
      executedAt: string(),
    }),
  ).optional(),
  heldMinor: minor.optional(),
  holdTransactionId: string().optional(),
  releaseTransactionId: string().optional(),
  refundTransactionId: string().optional(),
  failureCode: string().optional(),
  timeInForce: string()
    .enum(...Object.values(TimeInForce))
    .optional(),
  expiresAt: string().optional(),
  activeAsOf: string().optional(),
  repricedAt: string().optional(),
  triggeredAt: string().optional(),
  stopPriceMinor: minor.optional(),
  stopLimitPriceMinor: minor.optional(),
  trailAmountMinor: minor.optional(),
  trailBps: number().optional(),
  watermarkMinor: minor.optional(),
  holdPriceMinor: minor.optional(),
  collarBps: number().optional(),
  notionalMinor: minor.optional(),
  maxFills: number().optional(),
  execution: string().enum('VENUE').optional(),
  exitTerms: map({
    takeProfitPriceMinor: minor,
    stopPriceMinor: minor.optional(),
    stopLimitPriceMinor: minor.optional(),
    trailAmountMinor: minor.optional(),
    trailBps: number().optional(),
    feeBps: number().optional(),
  }).optional(),
  exits: list(map({ orderId: string(), quantityMinor: minor })).optional(),
  parentOrderId: string().optional(),
  adjustments: list(
    map({ transactionId: string(), transactionType: string().enum('ORDER_HOLD', 'ORDER_RELEASE') }),
  ).optional(),
  changes: list(
    map({
      at: string(),
      actor: string(),
      version: number(),
      field: string(),
      from: string().optional(),
      to: string().optional(),
    }),
  ).optional(),
  endRequested: map({
    status: string().enum(...Object.values(OrderStatus)),
    code: string().optional(),
    at: string(),
  }).optional(),
  setAsideAt: string().optional(),
  setAsideCode: string().optional(),
  note: string().optional(),
  metadata: record(string(), string()).optional(),
  createdAt: string(),
  updatedAt: string(),
  endedAt: string().optional(),
  version: number(),
};

/** What an order item carries besides the order, as the guard against executing a request twice. */
export interface OrderGuard {
  /** Fingerprint of the request that made the order. */
  readonly requestHash: string;
  /** The call that wrote the item last: by it a caller whose response was lost recognizes its own write. */
  readonly writeId: string;
}

/** The keys of the indexes by which an open order is found; an order that is over has none. */
const triggerKeyAttributes = {
  riseShard: string().optional(),
  riseSort: string().optional(),
  fallShard: string().optional(),
  fallSort: string().optional(),
  trailShard: string().optional(),
  trailSort: string().optional(),
  expiryShard: string().optional(),
  expirySort: string().optional(),
};

const guardAttributes = { requestHash: string(), writeId: string() };

/**
 * The order item, as dynamodb-toolbox declares and checks it. Amounts are type N in minor units.
 *
 * Next to the domain's attributes it carries the composed sort keys of two indexes, the keys by which an open order is found, and the
 * guard. `heldMinor`, `feeBps` and a fill's `feeMinor` absent mean 0, `fills` absent means none.
 */
export const orderItemSchema = item({
  ...keyAttributes,
  ...orderAttributes,
  ...triggerKeyAttributes,
  assetCreatedAt: string(),
  statusCreatedAt: string(),
  ...guardAttributes,
  schemaVersion: number(),
});

/** An order item as it is written. */
export type OrderItem = ItemOf<typeof orderItemSchema>;

const oneShard: TriggerShards = { trigger: 1, expiry: 1 };
const checkItem: (item: OrderItem) => OrderItem = compileItemParser(orderItemSchema);

/**
 * The item that stores an order: its attributes, its key, the index attributes composed from it, and its guard.
 *
 * What is undefined in the order is absent from the item; so are a `heldMinor` of 0 and empty `fills`, since absent means just that. The
 * keys by which an open order is found follow from it: they are never read back.
 *
 * @param shards - into how many parts the indexes are written. Default: one.
 * @see {@link fromOrderItem} for the reverse.
 */
export function toOrderItem(order: Order, guard: OrderGuard, shards: TriggerShards = oneShard): OrderItem {
  const { orderId, heldMinor, fills, ...attributes } = order;

  return checkItem({
    ...orderKey(orderId),
    ...attributes,
    heldMinor: heldMinor === 0n ? undefined : heldMinor,
    fills: fills.length === 0 ? undefined : fills,
    assetCreatedAt: assetCreatedAt(order.assetId, order.createdAt),
    statusCreatedAt: statusCreatedAt(order.status, order.createdAt),
    ...openKeysOf(order, shards),
    requestHash: guard.requestHash,
    writeId: guard.writeId,
    schemaVersion: SCHEMA_VERSION,
  });
}

const readOrder = compileItemReader({
  kind: 'order',
  schema: item({ pk: keyAttributes.pk, ...orderAttributes }),
  showKey: true,
});
const readGuard = compileItemReader({ kind: 'order', schema: item(guardAttributes), showKey: true });

/**
 * The order that an item stores. Attributes that this release does not know are ignored.
 *
 * @throws a plain Error naming the item and the attribute when one is missing or malformed.
 */
export function fromOrderItem(raw: RawItem): Order {
  return readOrder(raw, ({ pk, ...order }) => ({
    orderId: keyPart('pk', orderIdOfKey(pk)),
    heldMinor: 0n,
    fills: [],
    ...order,
  }));
}

/**
 * The guard of an order item.
 *
 * @throws a plain Error naming the item and the attribute when one is missing or malformed.
 */
export function orderGuardOf(raw: RawItem): OrderGuard {
  return readGuard(raw, (guard) => guard);
}
