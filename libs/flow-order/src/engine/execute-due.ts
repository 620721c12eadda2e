import { isDomainError } from '@cnop/exceptions';
import { isOpen, isStanding, type Due, type Order, type StandingOrder } from '@cnop/entities-order';
import type { OrderFlowContext } from '../order-flow-context.ts';
import { endAfterWork } from '../cancel-order.ts';
import { carryOut } from '../standing/carry-out.ts';
import type { SharedTriggers } from '../standing/order-step.ts';
import { workOff } from '../standing/work-off.ts';
import { judgeInWindow, type TickBatch } from './judge-in-window.ts';

/** An order that is due. */
export interface DueOrder {
  readonly order: StandingOrder;
  readonly due: Due;
}

/** What the execution of what is due is told. */
export interface Execution {
  readonly batch: TickBatch;
  readonly triggers: SharedTriggers;
}

/** Exits before entries; then by tick, price, the time the order began, and its id. No outcome depends on it. */
export function inOrderOfWork(due: readonly DueOrder[]): DueOrder[] {
  const key = ({ order, due: { tick } }: DueOrder) => [
    order.parentOrderId === undefined ? '1' : '0',
    tick.asOf,
    tick.priceMinor.toString().padStart(25, '0'),
    order.activeAsOf,
    order.orderId,
  ];

  return due
    .map((each) => ({ each, sort: key(each).join(' ') }))
    .toSorted((a, b) => (a.sort < b.sort ? -1 : 1))
    .map(({ each }) => each);
}

/**
 * Executes one order that is due, and what follows from it by the ticks in work: a stop-limit that works on as a limit, the exits of a
 * bracket. Where another write came first, the order is judged anew.
 *
 * @returns the orders that were filled, failed or moved on, as they stand.
 */
export async function executeDue(context: OrderFlowContext, work: DueOrder, execution: Execution): Promise<Order[]> {
  const { order, done } = await carryOut(context, work.order, { due: work.due, triggers: execution.triggers });
  const followers = done ? await followersOf(context, order) : [order];
  const executed = done ? [order] : [];

  for (const follower of followers) {
    if (!isOpen(follower.status) || !isStanding(follower)) continue;
    const { due, isPast } = await judgeInWindow(follower, execution.batch);
    if (due) executed.push(...(await executeDue(context, { order: follower, due }, execution)));
    else if (isPast) executed.push(await expire(context, follower));
  }
  return executed;
}

/** What may be due by a later tick now that an order was executed: the order itself, and the exit that its fill has placed. */
async function followersOf({ orders }: OrderFlowContext, order: Order): Promise<Order[]> {
  const exit = order.exits?.at(-1);
  const placed = exit ? await orders.getOrdersByIds([exit.orderId]) : [];

  return [order, ...placed];
}

/** Ends an order whose expiry a tick has reached; one that is over already stays as it is. */
export async function expire(context: OrderFlowContext, order: Order): Promise<Order> {
  try {
    return (await endAfterWork(context, order, { status: 'EXPIRED' })).order;
  } catch (error) {
    if (isDomainError(error) && error.code === 'ORDER_NOT_CANCELLABLE')
      return await context.orders.getOrder(order.orderId);
    throw error;
  }
}

/** Does all that is due of an order by the log from its beginning: of one whose execution was not finished, or that was found very late. */
export async function finish(context: OrderFlowContext, orderId: string): Promise<Order> {
  const stored = await context.orders.getOrder(orderId);
  const { order, isPast } = await workOff(context, stored, { fromBeginning: true });
  if (!isPast || !isOpen(order.status)) return order;

  return await expire(context, order);
}
