import { isOpen, type Order } from '@cnop/entities-order';
import type { OrderFlowContext } from '../order-flow-context.ts';
import { nextVersion, takeStep } from './order-step.ts';

/**
 * Takes an open order out of reach of triggers, because its execution fails repeatedly: it keeps its hold, expiry and status, and moves
 * to the list of those set aside. One that is over by now stays as it is. Costs 1 write unit and 5 of indexes, and 1 read unit.
 */
export async function setAside(
  context: OrderFlowContext,
  { orderId }: Pick<Order, 'orderId'>,
  code: string,
): Promise<Order> {
  const order = await context.orders.getOrder(orderId);
  if (!isOpen(order.status) || order.setAsideAt !== undefined) return order;

  const at = context.clock.now().toISOString();
  const to = { ...nextVersion(order, at), setAsideAt: at, setAsideCode: code };
  const taken = await takeStep(context, 'setAside', { from: order, step: { to, actions: [] }, triggers: {} });
  return taken.order;
}
