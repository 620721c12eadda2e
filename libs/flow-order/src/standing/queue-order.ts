import { executeWrite } from '@cnop/database-core';
import { holdPostings } from '@cnop/entities-ledger';
import { orderRequestHash, requestFieldsOf, type Order, type OrderRequest } from '@cnop/entities-order';
import { fromOrderItem } from '@cnop/entities-order/table';
import type { OrderFlowContext, OrderResult } from '../order-flow-context.ts';
import { withOrderId, type PlacementRequest } from '../placement.ts';
import { heldBalanceOf, orderEntry, shardsOf, type SharedTriggers } from './order-step.ts';

/** An order that is to wait: what it will be, besides its ids, and what tells its request from another one. */
export interface QueuedDraft {
  readonly order: Omit<Order, 'orderId' | 'clientOrderId' | 'owner'>;
  /** The terms as they were asked for, with nothing defaulted. */
  readonly terms: Partial<OrderRequest>;
  readonly triggers: SharedTriggers;
}

/** Puts an order that waits, with a hold of what it needs, at most once per client order id: three items in one write. */
export async function queueOrder(
  context: OrderFlowContext,
  request: PlacementRequest,
  { order: draft, terms, triggers }: QueuedDraft,
): Promise<OrderResult> {
  const { database, orders, balances, ids, maxOpenOrders } = context;
  const { owner, orderId, clientOrderId } = withOrderId(request, ids);
  const at = context.clock.now().toISOString();
  const holdTransactionId = ids.ulid();
  const order: Order = {
    orderId,
    owner,
    ...(clientOrderId !== undefined && { clientOrderId }),
    ...draft,
    holdTransactionId,
    createdAt: at,
    updatedAt: at,
  };
  const held = { ...heldBalanceOf(order), amountMinor: order.heldMinor };
  const entry = orderEntry(order, {
    transactionId: holdTransactionId,
    transactionType: 'ORDER_HOLD',
    postings: holdPostings(held),
    at,
  });
  const { item } = await executeWrite(database, {
    operation: 'placeOrder',
    reference: { orderId },
    guard: orders.placeOrderGuard(order, {
      requestHash: orderRequestHash(owner, { ...requestFieldsOf(request.order), ...terms }),
      writeId: ids.ulid(),
      clientNamed: clientOrderId !== undefined,
      shards: shardsOf(context, triggers),
    }),
    actions: [
      balances.putTransactionAction(entry),
      balances.holdAction({ ...held, at, opensOrder: true, maxOpenOrders }),
    ],
  });
  if (!item) return { order, replayed: false };

  const stored = fromOrderItem(item);
  return { order: stored, replayed: stored.holdTransactionId !== holdTransactionId };
}
