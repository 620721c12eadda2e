import { requestHash, uuidFromName } from '@cnop/utils';
import type { OrderDraft } from './order-request.ts';

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

/** What makes two requests for an order the same request: amounts in minor units, so that "1" and "1.0" are one. */
export type OrderRequest = Pick<
  OrderDraft,
  | 'orderType'
  | 'assetId'
  | 'quantityMinor'
  | 'limitPriceMinor'
  | 'maxPriceMinor'
  | 'minPriceMinor'
  | 'note'
  | 'metadata'
>;

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

  return requestHash(operation, {
    owner,
    orderType,
    assetId,
    quantityMinor,
    limitPriceMinor,
    maxPriceMinor,
    minPriceMinor,
    note,
    metadata,
  });
}
