import { requestHash, uuidFromName } from '@cnop/utils';
import type { OrderCreate } from './order-request.ts';
import type { Order } from './order.ts';
import type { StandingTerms } from './standing/standing-terms.ts';

/** Fixed permanently: another namespace would give every client order id another order, and so break the guard against repeats. */
const ORDER_NAMESPACE = '5da91b67-08da-48bf-9a37-36980e56762e';

/**
 * The id of the order that a user names by this client order id: always the same one, so that a repeat meets the first order.
 *
 * @param owner - its alphabet has no line feed, so no two pairs share a name.
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5
 */
export function orderIdFor(owner: string, clientOrderId: string): string {
  return uuidFromName(`${owner}\n${clientOrderId}`, ORDER_NAMESPACE);
}

/**
 * What makes two requests for an order the same request: amounts in minor units, so that "1" and "1.0" are one. What was defaulted is no
 * part of it.
 */
export type OrderRequest = Pick<Order, 'orderType' | 'assetId' | 'minPriceMinor' | 'note' | 'metadata'> & StandingTerms;

/** What tells one request from another besides its terms. */
export const requestFieldsOf = ({
  orderType,
  assetId,
  note,
  metadata,
}: OrderCreate): Pick<OrderRequest, 'orderType' | 'assetId' | 'note' | 'metadata'> => ({
  orderType,
  assetId,
  ...(note !== undefined && { note }),
  ...(metadata !== undefined && { metadata }),
});

/**
 * The fingerprint of a request for an order, kept with the order: a repeat under one client order id has the same one. Note and metadata
 * are part of the request: with others it is another one.
 *
 * @param operation - what was asked for: an order that is only stored is no answer to one that should be executed.
 * @returns 43 characters of base64url.
 */
export function orderRequestHash(
  owner: string,
  request: OrderRequest,
  operation: 'createOrder' | 'placeOrder' = 'placeOrder',
): string {
  const { orderType, assetId, quantityMinor, limitPriceMinor, maxPriceMinor, minPriceMinor, note, metadata } = request;
  const { notionalMinor, stopPriceMinor, stopLimitPriceMinor, trailAmountMinor, trailBps } = request;
  const { timeInForce, expiresAt, exitTerms } = request;

  return requestHash(operation, {
    owner,
    orderType,
    assetId,
    quantityMinor,
    limitPriceMinor,
    maxPriceMinor,
    minPriceMinor,
    notionalMinor,
    stopPriceMinor,
    stopLimitPriceMinor,
    trailAmountMinor,
    trailBps,
    timeInForce,
    expiresAt,
    exitTerms,
    note,
    metadata,
  });
}

/** Fixed permanently: the ids of a bracket's exits follow from it. */
const EXIT_NAMESPACE = '7c1f4b0e-2f0f-4c0a-9a51-6c3d8f0f5b27';

/** The id of the n-th exit of a bracket, from 1: always the same one, so that a write that is repeated meets it. */
export const exitIdFor = (entryId: string, n: number): string => uuidFromName(`${entryId}\n${n}`, EXIT_NAMESPACE);
