import { z } from 'zod';

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
