import { releasePostings } from '@cnop/entities-ledger';
import type { Order } from '@cnop/entities-order';
import type { OrderFlowContext } from '../order-flow-context.ts';
import { heldBalanceOf, nextVersion, orderEntry, type OrderEnd, type OrderStep } from './order-step.ts';

/** The step that ends an open order: all that it holds is released; what was filled stays. */
export function endStep({ balances, clock, ids }: OrderFlowContext, order: Order, end: OrderEnd): OrderStep {
  const { status, code, actor } = end;
  const at = clock.now().toISOString();
  const transactionId = ids.ulid();
  const held = heldBalanceOf(order);
  const released = { ...held, amountMinor: order.heldMinor };
  const entry = orderEntry(order, {
    transactionId,
    transactionType: 'ORDER_RELEASE',
    postings: releasePostings(released),
    at,
    actor,
  });

  return {
    to: {
      ...nextVersion(order, at),
      status,
      heldMinor: 0n,
      releaseTransactionId: transactionId,
      ...(code !== undefined && { failureCode: code }),
      endedAt: at,
    },
    actions: [balances.putTransactionAction(entry), balances.releaseAction({ ...released, at, closesOrder: true })],
  };
}
