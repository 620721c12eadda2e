import { z } from 'zod';

import { orderSchema } from './order.ts';
import { sideOf } from './order-type.ts';

const { shape } = orderSchema;

/** Accepts an {@link OrderDraft}; refuses a price bound that has no meaning for the order type, and a limit order without its limit. */
export const orderDraftSchema = z
  .strictObject({
    owner: shape.owner,
    orderType: shape.orderType,
    assetId: shape.assetId,
    currency: shape.currency,
    quantityMinor: shape.quantityMinor,
    quantityScale: shape.quantityScale,
    priceScale: shape.priceScale,
    currencyScale: shape.currencyScale,
    clientOrderId: shape.clientOrderId,
    limitPriceMinor: shape.limitPriceMinor,
    maxPriceMinor: shape.maxPriceMinor,
    minPriceMinor: shape.minPriceMinor,
    note: shape.note,
    metadata: shape.metadata,
  })
  .refine((draft) => !draft.orderType.startsWith('LIMIT_') || draft.limitPriceMinor !== undefined, {
    path: ['limitPriceMinor'],
    error: 'A limit order needs its limit price.',
  })
  .refine((draft) => !draft.orderType.startsWith('MARKET_') || draft.limitPriceMinor === undefined, {
    path: ['limitPriceMinor'],
    error: 'A market order has no limit price.',
  })
  .refine((draft) => sideOf(draft.orderType) === 'BUY' || draft.maxPriceMinor === undefined, {
    path: ['maxPriceMinor'],
    error: 'Only a buy has a maximum price.',
  })
  .refine((draft) => sideOf(draft.orderType) === 'SELL' || draft.minPriceMinor === undefined, {
    path: ['minPriceMinor'],
    error: 'Only a sell has a minimum price.',
  });

/**
 * An order that is still to be stored: the request in minor units, with the scales of the asset and its currency.
 *
 * Id, status, times and version are given when it is created.
 */
export type OrderDraft = z.infer<typeof orderDraftSchema>;
