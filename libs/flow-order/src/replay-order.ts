import { readTransaction } from '@cnop/database-core';
import type { Order } from '@cnop/entities-order';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { fromOrderItem, orderGuardOf, orderKey } from '@cnop/entities-order/table';
import { IdempotencyKeyReusedError, isDomainError } from '@cnop/exceptions';
import { marketRequestHash } from './market-request-hash.ts';
import { isMarketOrder, marketAmounts } from './market-terms.ts';
import type { OrderFlowContext } from './order-flow-context.ts';
import type { OrderResult } from './order-result.ts';
import type { Placement } from './placement.ts';

/**
 * Answers an order that cannot be sent, for whatever `reason`: under a client order id, the order that is already there is the answer.
 *
 * @throws the reason when there is none; {@link IdempotencyKeyReusedError} when that one is of another request.
 */
export async function replayOrRefuse(
  { database }: OrderFlowContext,
  placement: Placement,
  reason: unknown,
): Promise<OrderResult> {
  if (placement.clientOrderId === undefined) throw reason;

  const tableName = database.tableName(ordersTableShape.name);
  const [item] = await readTransaction(database, [{ tableName, key: { ...orderKey(placement.orderId) } }]);
  if (!item) throw reason;

  const order = fromOrderItem(item);
  if (hashAtScalesOf(order, placement) !== orderGuardOf(item).requestHash) throw new IdempotencyKeyReusedError({});
  return { order, replayed: true };
}

/** The fingerprint of a request at the scales of the stored order; `undefined` for a request that does not fit them. */
function hashAtScalesOf(stored: Order, { owner, order }: Placement): string | undefined {
  if (!isMarketOrder(order)) return undefined;

  try {
    return marketRequestHash(owner, order, marketAmounts(order, stored));
  } catch (error) {
    if (isDomainError(error)) return undefined;
    throw error;
  }
}
