import { executeWrite, readTransaction } from '@cnop/database-core';
import { orderIdFor, orderRequestHash, type Order } from '@cnop/entities-order';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { fromOrderItem, orderGuardOf, orderKey } from '@cnop/entities-order/table';
import { isDomainError, sharedErrors } from '@cnop/exceptions';
import { priceOrder } from './market/price-order.ts';
import { amountsOf, isMarketOrder, type PricedOrder } from './market/priced-order.ts';
import { completedOrder, paymentEntry, settlementActions } from './market/settlement.ts';
import type { OrderFlowContext, OrderResult } from './order-flow-context.ts';
import { readPlacement, withOrderId, type Placement, type PlacementRequest, type PlaceOrder } from './placement.ts';

/** Executes a market order in one write, at most once per client order id. */
export async function placeOrder(context: OrderFlowContext, input: PlaceOrder): Promise<OrderResult> {
  const request = readPlacement(input);

  // The price is fetched when it is the order's turn: a price could go stale while the order waits.
  return await context.accountQueue.run(request.owner, () => place(context, request));
}

async function place(context: OrderFlowContext, request: PlacementRequest): Promise<OrderResult> {
  let priced: PricedOrder;

  try {
    priced = await priceOrder(context, request);
  } catch (reason) {
    return await replayOrRefuse(context, request, reason);
  }
  // An id tells the time: it is drawn after all waiting.
  return await execute(context, withOrderId(request, context.ids), priced);
}

async function execute(context: OrderFlowContext, placement: Placement, priced: PricedOrder): Promise<OrderResult> {
  const { database, orders, clock, ids } = context;
  const at = clock.now().toISOString();
  const transactionId = ids.ulid();
  const order = completedOrder(placement, priced, { transactionId, at });
  const guard = orders.placeOrderGuard(order, {
    requestHash: orderRequestHash(order.owner, order),
    writeId: ids.ulid(),
    clientNamed: placement.clientOrderId !== undefined,
  });

  const { item } = await executeWrite(database, {
    operation: 'placeOrder',
    reference: { orderId: order.orderId },
    guard,
    actions: order.fills.flatMap((fill) => settlementActions(context, paymentEntry(order, fill))),
  });
  if (!item) return { order, replayed: false };

  // Our fill on it means that this call executed it, even if a later change of the order has replaced the `writeId`.
  const stored = fromOrderItem(item);
  return { order: stored, replayed: !stored.fills.some((fill) => fill.transactionId === transactionId) };
}

/**
 * The result of an order that cannot be sent, for whatever `reason`: under a client order id, the order that exists already.
 *
 * @throws the reason when there is none; {@link sharedErrors.IdempotencyKeyReusedError} when that one is of another request.
 */
async function replayOrRefuse(
  { database }: OrderFlowContext,
  request: PlacementRequest,
  reason: unknown,
): Promise<OrderResult> {
  if (request.clientOrderId === undefined) throw reason;

  const tableName = database.tableName(ordersTableShape.name);
  const key = orderKey(orderIdFor(request.owner, request.clientOrderId));
  const [item] = await readTransaction(database, [{ tableName, key }]);
  if (!item) throw reason;

  const order = fromOrderItem(item);
  if (hashAtScalesOf(order, request) !== orderGuardOf(item).requestHash)
    throw new sharedErrors.IdempotencyKeyReusedError({});
  return { order, replayed: true };
}

/** The fingerprint of a request at the scales of the stored order; `undefined` for a request that does not fit them. */
function hashAtScalesOf(stored: Order, { owner, order }: PlacementRequest): string | undefined {
  if (!isMarketOrder(order)) return undefined;

  try {
    return orderRequestHash(owner, { ...order, ...amountsOf(order, stored) });
  } catch (error) {
    if (isDomainError(error)) return undefined;
    throw error;
  }
}
