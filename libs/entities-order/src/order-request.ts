import {
  assetIdSchema,
  currencyScale as scaleOf,
  idempotencyKeySchema,
  isCurrencyCode,
  positiveDecimalTextSchema,
  remarkFields,
} from '@cnop/validation';
import * as z from 'zod';
import { orderCreateExamples } from './order-examples.ts';
import { orderSchema, OrderType, sideOf } from './order.ts';
import { standingRequestSchemas } from './standing/standing-request.ts';

const everyOrder = {
  assetId: assetIdSchema,
  quantity: positiveDecimalTextSchema,
  clientOrderId: idempotencyKeySchema.optional(),
  ...remarkFields,
};

/** Accepts an {@link OrderCreate}; refuses unknown fields, `owner`, `price` and `status` among them. */
export const orderCreateSchema = z
  .discriminatedUnion(
    'orderType',
    [
      z.strictObject({
        orderType: z.literal('MARKET_BUY'),
        ...everyOrder,
        maxPrice: positiveDecimalTextSchema.optional(),
      }),
      z.strictObject({
        orderType: z.literal('MARKET_SELL'),
        ...everyOrder,
        minPrice: positiveDecimalTextSchema.optional(),
      }),
      ...standingRequestSchemas,
    ],
    {
      error: ({ path }) =>
        path?.at(-1) === 'orderType' ? `Use one of ${Object.values(OrderType).join(', ')}.` : undefined,
    },
  )
  .describe('A request for an order. Who orders, and the price of a market order, are not for the client to say.')
  .meta({ title: 'OrderCreate', examples: [...orderCreateExamples] });

/**
 * A client's request for an order, with decimal texts in units of the asset and of its currency.
 *
 * Who orders is not part of it, and neither is the price of a market order: a client may only cap that by `maxPrice` or `minPrice`. Whether
 * the texts fit the asset's scales is checked where the asset is known.
 */
export type OrderCreate = z.infer<typeof orderCreateSchema>;

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
    ...remarkFields,
  })
  .refine(({ currency, currencyScale }) => !isCurrencyCode(currency) || currencyScale === scaleOf(currency), {
    path: ['currencyScale'],
    error: 'The scale of a currency is that of ISO 4217.',
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
