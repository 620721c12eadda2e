import { assetIdSchema, idempotencyKeySchema, positiveDecimalTextSchema } from '@cnop/validation';
import { z } from 'zod';

const everyOrder = {
  assetId: assetIdSchema,
  quantity: positiveDecimalTextSchema,
  clientOrderId: idempotencyKeySchema.optional(),
};

/** Accepts an {@link OrderCreate}; refuses unknown fields, `owner`, `price` and `status` among them. */
export const orderCreateSchema = z
  .discriminatedUnion('orderType', [
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
    z.strictObject({ orderType: z.literal('LIMIT_BUY'), ...everyOrder, limitPrice: positiveDecimalTextSchema }),
    z.strictObject({ orderType: z.literal('LIMIT_SELL'), ...everyOrder, limitPrice: positiveDecimalTextSchema }),
  ])
  .describe('A request for an order. Who orders, and the price of a market order, are not for the client to say.');

/**
 * A client's request for an order, with decimal texts in units of the asset and of its currency.
 *
 * Who orders is not part of it, and neither is the price of a market order: a client may only cap that by `maxPrice` or `minPrice`. Whether
 * the texts fit the asset's scales is checked where the asset is known.
 */
export type OrderCreate = z.infer<typeof orderCreateSchema>;
