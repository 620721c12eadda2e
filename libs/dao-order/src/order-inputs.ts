import { orderStatusSchema, orderUpdateSchema } from '@cnop/entities-order';
import { orderIdSchema, ownerSchema } from '@cnop/validation';
import { z } from 'zod';

/** Accepts whose order it must be. */
export const orderOwnerSchema = z.strictObject({ owner: ownerSchema.optional() });

/** Whose order it must be; another user's is as good as absent. Without a name, anybody's. */
export type OrderOwner = z.input<typeof orderOwnerSchema>;

/** Accepts a change of what touches no money. */
export const orderChangeSchema = z.strictObject({
  orderId: orderIdSchema,
  /** The version that was read; another one in the store refuses the change. */
  expectedVersion: z.int().min(1),
  changes: orderUpdateSchema,
});

/** A change of an order's note or metadata, at a known version. */
export type OrderChange = z.input<typeof orderChangeSchema>;

/** Accepts a move of an order to a status. */
export const orderStatusChangeSchema = z.strictObject({ orderId: orderIdSchema, status: orderStatusSchema });

/** A move of an order to a status. */
export type OrderStatusChange = z.input<typeof orderStatusChangeSchema>;
