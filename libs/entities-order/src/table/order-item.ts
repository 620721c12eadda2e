import type { InputValue } from 'dynamodb-toolbox/schema';
import { item } from 'dynamodb-toolbox/schema/item';
import { list } from 'dynamodb-toolbox/schema/list';
import { map } from 'dynamodb-toolbox/schema/map';
import { number } from 'dynamodb-toolbox/schema/number';
import { record } from 'dynamodb-toolbox/schema/record';
import { string } from 'dynamodb-toolbox/schema/string';

import { OrderStatus } from '../order-status.ts';
import { OrderType } from '../order-type.ts';

const minor = number().big();

/** The attributes that an order has in the domain too, under the same names; the order id is in the partition key. */
export const orderAttributes = {
  owner: string(),
  clientOrderId: string().optional(),
  orderType: string().enum(...Object.values(OrderType)),
  status: string().enum(...Object.values(OrderStatus)),
  assetId: string(),
  currency: string(),
  quantityMinor: minor,
  quantityScale: number(),
  priceScale: number(),
  currencyScale: number(),
  limitPriceMinor: minor.optional(),
  maxPriceMinor: minor.optional(),
  minPriceMinor: minor.optional(),
  priceAsOf: string().optional(),
  priceSource: string().optional(),
  fills: list(
    map({
      transactionId: string(),
      priceMinor: minor,
      quantityMinor: minor,
      notionalMinor: minor,
      executedAt: string(),
    }),
  ).optional(),
  heldMinor: minor.optional(),
  holdTransactionId: string().optional(),
  releaseTransactionId: string().optional(),
  refundTransactionId: string().optional(),
  failureCode: string().optional(),
  note: string().optional(),
  metadata: record(string(), string()).optional(),
  createdAt: string(),
  updatedAt: string(),
  version: number(),
};

/**
 * The order item, as dynamodb-toolbox declares and checks it. Amounts are type N in minor units.
 *
 * Next to the domain's attributes it carries the composed sort keys of two indexes and, as the record that guards against a second
 * execution, `requestHash` and `writeId`. `heldMinor` absent means 0, `fills` absent means none.
 */
export const orderItemSchema = item({
  pk: string().key(),
  sk: string().key(),
  ...orderAttributes,
  assetCreatedAt: string(),
  statusCreatedAt: string(),
  requestHash: string(),
  writeId: string(),
  schemaVersion: number(),
});

/** An order item as it is written. */
export type OrderItem = InputValue<typeof orderItemSchema>;
