import * as z from 'zod';
import { minorSchema, scaleSchema } from './amount.ts';

/** Which way a trade goes, as the user sees it. */
export const Side = {
  BUY: 'BUY',
  SELL: 'SELL',
} as const;

/** One of the {@link Side} values. */
export type Side = (typeof Side)[keyof typeof Side];

/** Accepts exactly the {@link Side} values. */
export const sideSchema = z.enum(Side);

/** Accepts a fill: price and quantity above zero, each with its scale. */
export const fillSchema = z.strictObject({
  /** Price of one whole unit of the asset, in units of 10^-`priceScale` of its currency. */
  priceMinor: minorSchema.min(1n),
  priceScale: scaleSchema,
  quantityMinor: minorSchema.min(1n),
  quantityScale: scaleSchema,
  side: sideSchema,
});

/** What an ORDER_PAYMENT paid for: so much of the asset at that price. */
export type Fill = z.output<typeof fillSchema>;
