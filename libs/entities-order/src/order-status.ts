import * as z from 'zod';
import { orderErrors } from './errors.ts';

/** Every status that an order can have, by name. */
export const OrderStatus = {
  PENDING: 'PENDING',
  CONFIRMED: 'CONFIRMED',
  QUEUED: 'QUEUED',
  PROCESSING: 'PROCESSING',
  COMPLETED: 'COMPLETED',
  CANCELLED: 'CANCELLED',
  FAILED: 'FAILED',
  EXPIRED: 'EXPIRED',
} as const;

/** Where an order stands. QUEUED and PROCESSING orders hold money or assets; the last four are terminal. */
export type OrderStatus = (typeof OrderStatus)[keyof typeof OrderStatus];

/** Accepts the name of an {@link OrderStatus}. */
export const orderStatusSchema = z.enum(OrderStatus);

/**
 * Which status may follow which: the only authority on it. Every write that changes a status carries it as a condition.
 *
 * A terminal status has no successors; no status follows itself.
 *
 * @see {@link sourcesOf} for the reverse, which is what such a condition needs.
 */
export const orderTransitions = {
  PENDING: ['CONFIRMED', 'CANCELLED', 'FAILED', 'EXPIRED'],
  CONFIRMED: ['QUEUED', 'PROCESSING', 'COMPLETED', 'CANCELLED', 'FAILED', 'EXPIRED'],
  QUEUED: ['PROCESSING', 'COMPLETED', 'CANCELLED', 'FAILED', 'EXPIRED'],
  PROCESSING: ['COMPLETED', 'CANCELLED', 'FAILED', 'EXPIRED'],
  COMPLETED: [],
  CANCELLED: [],
  FAILED: [],
  EXPIRED: [],
} as const satisfies Record<OrderStatus, readonly OrderStatus[]>;

/** The statuses in which an order may be created. FAILED only as a fence: it takes an order id so that a late write cannot. */
export const bornStatuses = ['PENDING', 'QUEUED', 'COMPLETED', 'FAILED'] as const satisfies readonly OrderStatus[];

/** Whether an order may go from one status straight to the other. */
export function canTransition(from: OrderStatus, to: OrderStatus): boolean {
  const successors: readonly OrderStatus[] = orderTransitions[from];

  return successors.includes(to);
}

/**
 * Refuses a change of status that {@link orderTransitions} does not list, staying in the same status included.
 *
 * @param orderId - names the order in the error, where it is known.
 * @throws {@link orderErrors.IllegalOrderTransitionError} with both statuses.
 */
export function assertTransition(from: OrderStatus, to: OrderStatus, orderId?: string): void {
  if (!canTransition(from, to)) {
    throw new orderErrors.IllegalOrderTransitionError({ ...(orderId === undefined ? {} : { orderId }), from, to });
  }
}

/** Whether the order is over: its status and its fills never change again. */
export function isTerminal(status: OrderStatus): boolean {
  return orderTransitions[status].length === 0;
}

/** Whether the order waits for execution, wholly or in part, and so holds money or assets. */
export function isOpen(status: OrderStatus): boolean {
  return status === OrderStatus.QUEUED || status === OrderStatus.PROCESSING;
}

/** The statuses that may move to this one, in the order of the table; none for a status in which orders are only born. */
export function sourcesOf(to: OrderStatus): OrderStatus[] {
  return Object.values(OrderStatus).filter((from) => canTransition(from, to));
}
