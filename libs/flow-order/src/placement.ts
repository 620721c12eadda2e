import { orderCreateSchema, orderIdFor, type OrderCreate } from '@cnop/entities-order';
import { sharedErrors } from '@cnop/exceptions';
import type { IdSource } from '@cnop/utils';
import { idempotencyKeySchema, parseInput, ownerSchema } from '@cnop/validation';
import { z } from 'zod';

const placeOrderSchema = z.strictObject({
  owner: ownerSchema,
  order: orderCreateSchema,
  idempotencyKey: idempotencyKeySchema.optional(),
});

/** A user's order. `idempotencyKey` is another name for the order's `clientOrderId`; if both are given they must be the same. */
export type PlaceOrder = z.input<typeof placeOrderSchema>;

/** A request that has been read: whose order it is, and under which id. */
export interface Placement {
  readonly owner: string;
  readonly order: OrderCreate;
  /** Follows from user and client order id; where the client names none, it is this call's own. */
  readonly orderId: string;
  readonly clientOrderId?: string;
}

/** Reads a request for an order. @throws {@link sharedErrors.ValidationError}. */
export function readPlacement(input: PlaceOrder, ids: IdSource): Placement {
  const { owner, order, idempotencyKey } = parseInput(placeOrderSchema, input);
  const clientOrderId = order.clientOrderId ?? idempotencyKey;

  if (idempotencyKey !== undefined && clientOrderId !== idempotencyKey) {
    const message = 'Must be the same as the client order id when both are given.';
    throw new sharedErrors.ValidationError({
      issues: [{ pointer: '/idempotencyKey', rule: 'same_as_client_order_id', message }],
    });
  }
  return clientOrderId === undefined
    ? { owner, order, orderId: ids.uuid() }
    : { owner, order, orderId: orderIdFor(owner, clientOrderId), clientOrderId };
}
