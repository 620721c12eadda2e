import { executeWrite } from '@cnop/database-core';
import { fromOrderItem } from '@cnop/entities-order/table';
import { agreeOnMarket, type MarketAgreement } from './market-agreement.ts';
import { marketRequestHash } from './market-request-hash.ts';
import { completedOrder, paymentEntry } from './market-settlement.ts';
import type { OrderFlowContext } from './order-flow-context.ts';
import type { OrderResult } from './order-result.ts';
import { readPlacement, type Placement, type PlaceOrder } from './placement.ts';
import { replayOrRefuse } from './replay-order.ts';
import { settlementActions } from './settlement-actions.ts';

/** Executes a market order in one transaction; see `OrderFlow.placeOrder`. */
export async function placeOrder(context: OrderFlowContext, input: PlaceOrder): Promise<OrderResult> {
  const placement = readPlacement(input, context.ids);

  // The price is asked for when the order's turn has come: while it waits, one could grow old.
  return await context.accountQueue.run(placement.owner, () => place(context, placement));
}

async function place(context: OrderFlowContext, placement: Placement): Promise<OrderResult> {
  let agreement: MarketAgreement;

  try {
    agreement = await agreeOnMarket(context, placement);
  } catch (reason) {
    return await replayOrRefuse(context, placement, reason);
  }
  return await execute(context, placement, agreement);
}

async function execute(
  context: OrderFlowContext,
  placement: Placement,
  agreement: MarketAgreement,
): Promise<OrderResult> {
  const { database, orders, clock, ids } = context;
  const at = clock.now().toISOString();
  const transactionId = ids.ulid();
  const order = completedOrder(placement, agreement, { transactionId, at });
  const guard = orders.placeOrderGuard(order, {
    requestHash: marketRequestHash(order.owner, agreement.market, agreement),
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

  // Our fill on it means that we executed it, even if somebody has changed the order since and replaced the `writeId`.
  const stored = fromOrderItem(item);
  return { order: stored, replayed: !stored.fills.some((fill) => fill.transactionId === transactionId) };
}
