import type { OrderStatus } from '../order-status.ts';

const ORDER_PREFIX = 'ORDER#';
const ORDER_SORT_KEY = 'ORDER';

/** The primary key of an item in the orders table. */
export interface OrderKey {
  readonly pk: string;
  readonly sk: string;
}

/** The primary key of the order with this id. */
export function orderKey(orderId: string): OrderKey {
  return { pk: `${ORDER_PREFIX}${orderId}`, sk: ORDER_SORT_KEY };
}

/**
 * The order id in a partition key; the item itself does not repeat it.
 *
 * @throws a plain Error when it is not the partition key of an order.
 */
export function orderIdOfKey(pk: unknown): string {
  if (typeof pk !== 'string' || !pk.startsWith(ORDER_PREFIX) || pk.length === ORDER_PREFIX.length) {
    throw new Error(`attribute 'pk' is not the key of an order`);
  }

  return pk.slice(ORDER_PREFIX.length);
}

/** Sort key of the index `byOwnerAsset`. Both parts have a closed alphabet without `#`. */
export function assetCreatedAt(assetId: string, createdAt: string): string {
  return `${assetId}#${createdAt}`;
}

/** Sort key of the index `byOwnerStatus`. A write that changes the status must write this attribute too. */
export function statusCreatedAt(status: OrderStatus, createdAt: string): string {
  return `${status}#${createdAt}`;
}
