import { compileItemParser, withoutUndefined } from '@cnop/utils';
import type { FormattedValue } from 'dynamodb-toolbox/schema';
import { item } from 'dynamodb-toolbox/schema/item';
import { string } from 'dynamodb-toolbox/schema/string';

import type { Order } from '../order.ts';
import { assetCreatedAt, orderIdOfKey, orderKey, statusCreatedAt } from './keys.ts';
import { orderAttributes, type OrderItem } from './order-item.ts';
import { decodeNumbers } from './read-attributes.ts';

/** What an order item carries besides the order, as the guard against executing a request twice. */
export interface OrderGuard {
  /** Fingerprint of the request that made the order. */
  readonly requestHash: string;
  /** The call that wrote the item last: by it a caller whose answer was lost knows its own write again. */
  readonly writeId: string;
}

const SCHEMA_VERSION = 1;
const orderSchema = item(orderAttributes);
const guardSchema = item({ requestHash: string(), writeId: string() });
const readOrder = compileItemParser(orderSchema) as (raw: object) => FormattedValue<typeof orderSchema>;
const readGuard = compileItemParser(guardSchema) as (raw: object) => FormattedValue<typeof guardSchema>;

/**
 * The item that stores an order: its attributes, its key, the index attributes composed from it, and its guard.
 *
 * What is undefined in the order is absent from the item; so are a `heldMinor` of 0 and empty `fills`, since absent means just that.
 *
 * @see {@link fromOrderItem} for the reverse.
 */
export function toOrderItem(order: Order, guard: OrderGuard): OrderItem {
  const { orderId, heldMinor, fills, ...attributes } = order;

  return withoutUndefined<OrderItem>({
    ...orderKey(orderId),
    ...attributes,
    heldMinor: heldMinor === 0n ? undefined : heldMinor,
    fills: fills.length === 0 ? undefined : fills,
    assetCreatedAt: assetCreatedAt(order.assetId, order.createdAt),
    statusCreatedAt: statusCreatedAt(order.status, order.createdAt),
    requestHash: guard.requestHash,
    writeId: guard.writeId,
    schemaVersion: SCHEMA_VERSION,
  });
}

/**
 * The order that an item stores.
 *
 * Takes the item as the document client reads it, small amounts as `number` and large ones as `bigint`, and ignores attributes that it
 * does not know.
 *
 * @throws a plain Error naming the item and the attribute when one is missing or malformed.
 */
export function fromOrderItem(raw: Record<string, unknown>): Order {
  return reading(raw, () => {
    const { fills = [], ...attributes } = readOrder(raw);

    return {
      orderId: orderIdOfKey(raw.pk),
      heldMinor: 0n,
      ...decodeNumbers(attributes),
      fills: fills.map((fill) => decodeNumbers(fill)),
    };
  });
}

/**
 * The guard of an order item.
 *
 * @throws a plain Error naming the item and the attribute when one is missing or malformed.
 */
export function orderGuardOf(raw: Record<string, unknown>): OrderGuard {
  return reading(raw, () => readGuard(raw));
}

function reading<TResult>(raw: Record<string, unknown>, read: () => TResult): TResult {
  try {
    return read();
  } catch (cause) {
    throw new Error(
      `Malformed order item ${typeof raw.pk === 'string' ? raw.pk : 'without a key'}: ${(cause as Error).message}`,
      { cause },
    );
  }
}
