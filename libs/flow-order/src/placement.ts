import { orderCreateSchema, orderIdFor, type OrderCreate } from '@cnop/entities-order';
import { sharedErrors } from '@cnop/exceptions';
import type { IdSource } from '@cnop/utils';
import { idempotencyKeySchema, parseInput, ownerSchema } from '@cnop/validation';
import * as z from 'zod';

const placeOrderSchema = z.strictObject({
  owner: ownerSchema,
  order: orderCreateSchema,
  idempotencyKey: idempotencyKeySchema.optional(),
});

/** A user's order. `idempotencyKey` is another name for the order's `clientOrderId`; if both are given they must be the same. */
export type PlaceOrder = z.input<typeof placeOrderSchema>;

/** A request that has been read. */
export interface PlacementRequest {
  readonly owner: string;
  readonly order: OrderCreate;
  readonly clientOrderId?: string;
}

/** A request under the id of its order. */
export interface Placement extends PlacementRequest {
  readonly orderId: string;
}

/** Reads a request for an order. @throws {@link sharedErrors.ValidationError}. */
export function readPlacement(input: PlaceOrder): PlacementRequest {
  const { owner, order, idempotencyKey } = parseInput(placeOrderSchema, input);
  const clientOrderId = order.clientOrderId ?? idempotencyKey;

  if (idempotencyKey !== undefined && clientOrderId !== idempotencyKey) {
    const message = 'Must be the same as the client order id when both are given.';
    throw new sharedErrors.ValidationError({
      issues: [{ pointer: '/idempotencyKey', rule: 'same_as_client_order_id', message }],
    });
  }
  return clientOrderId === undefined ? { owner, order } : { owner, order, clientOrderId };
}

/** The id follows from owner and client order id; where the client names none, it is drawn now. */
export const withOrderId = (request: PlacementRequest, ids: IdSource): Placement => {
  const { owner, clientOrderId } = request;

  return { ...request, orderId: clientOrderId === undefined ? ids.uuid() : orderIdFor(owner, clientOrderId) };
};
