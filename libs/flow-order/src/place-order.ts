import { executeWrite, readTransaction } from '@cnop/database-core';
import { orderIdFor, orderRequestHash, requestFieldsOf, standingTermsOf, type Order } from '@cnop/entities-order';
import { ordersTableShape } from '@cnop/entities-order/shape';
import { fromOrderItem, orderGuardOf, orderKey } from '@cnop/entities-order/table';
import { isDomainError, sharedErrors } from '@cnop/exceptions';
import { priceOrder } from './market/price-order.ts';
import { amountsOf, isMarketOrder, type PricedOrder } from './market/priced-order.ts';
import { completedOrder, paymentEntry, settlementActions } from './market/settlement.ts';
import type { OrderFlowContext, OrderResult } from './order-flow-context.ts';
import { executeAtOnce } from './standing/execute-at-once.ts';
import { prepareStanding } from './standing/prepare-standing.ts';
import { queueOrder } from './standing/queue-order.ts';
import { venueMarketDraft } from './standing/venue-market.ts';
import { readPlacement, withOrderId, type Placement, type PlacementRequest, type PlaceOrder } from './placement.ts';

/** Executes an order in one write, or lets it wait for its price, at most once per client order id. */
export async function placeOrder(context: OrderFlowContext, input: PlaceOrder): Promise<OrderResult> {
  const request = readPlacement(input);

  // The price is fetched when it is the order's turn: a price could go stale while the order waits.
  return await context.accountQueue.run(request.owner, () => place(context, request));
}

async function place(context: OrderFlowContext, request: PlacementRequest): Promise<OrderResult> {
  const { order } = request;

  // An id tells the time: it is drawn after all waiting.
  return isMarketOrder(order)
    ? await prepared(context, request, {
        prepare: () => priceOrder(context, { ...request, order }),
        write: (priced) =>
          priced.quote.asset.execution === 'VENUE'
            ? queueOrder(context, request, venueMarketDraft(context, priced))
            : execute(context, withOrderId(request, context.ids), priced),
      })
    : await prepared(context, request, {
        prepare: () => prepareStanding(context, { ...request, order }),
        write: (placement) =>
          placement.isMarketable
            ? executeAtOnce(context, { ...request, order }, placement)
            : queueOrder(context, { ...request, order }, { ...placement.draft, triggers: placement.asset }),
      });
}

/** Writes what was prepared; where that is refused, the order that exists already under the client's id is the result. */
async function prepared<TPrepared>(
  context: OrderFlowContext,
  request: PlacementRequest,
  steps: { readonly prepare: () => Promise<TPrepared>; readonly write: (ready: TPrepared) => Promise<OrderResult> },
): Promise<OrderResult> {
  let ready: TPrepared;

  try {
    ready = await steps.prepare();
  } catch (reason) {
    return await replayOrRefuse(context, request, reason);
  }
  return await steps.write(ready);
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
  try {
    const terms = isMarketOrder(order) ? amountsOf(order, stored) : standingTermsOf(order, stored);

    return orderRequestHash(owner, { ...requestFieldsOf(order), ...terms });
  } catch (error) {
    if (isDomainError(error)) return undefined;
    throw error;
  }
}
