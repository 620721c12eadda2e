import { requestHash } from '@cnop/utils';

import type { OrderDraft } from './order-draft.ts';

/** What makes two requests for an order the same request: amounts in minor units, so that "1" and "1.0" are one. */
export type OrderRequest = Pick<
  OrderDraft,
  'orderType' | 'assetId' | 'quantityMinor' | 'limitPriceMinor' | 'maxPriceMinor' | 'minPriceMinor'
>;

/**
 * The fingerprint of a request to place an order, kept with the order: a repeat under one client order id has the same one.
 *
 * @returns 43 characters of base64url.
 */
export function orderRequestHash(owner: string, request: OrderRequest): string {
  const { orderType, assetId, quantityMinor, limitPriceMinor, maxPriceMinor, minPriceMinor } = request;

  return requestHash('placeOrder', {
    owner,
    orderType,
    assetId,
    quantityMinor,
    limitPriceMinor,
    maxPriceMinor,
    minPriceMinor,
  });
}
