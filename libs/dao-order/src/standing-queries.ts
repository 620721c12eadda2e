import { assetIdSchema, timestampSchema } from '@cnop/validation';
import * as z from 'zod';

const shardSchema = z.int().min(0);
/** The keys of the price indexes have 25 digits. */
const PRICES_BELOW = 10n ** 25n;
/** Those of the times of birth have 13. */
const TIMES_UP_TO = 10 ** 13 - 1;

/** Accepts an hour in UTC. */
export const hourSchema = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d$/u, 'Use an hour such as 2026-03-02T14.');

/** Accepts a {@link DueQuery}. */
export const dueQuerySchema = z.strictObject({
  assetId: assetIdSchema,
  /** RISE: due as the price rises, at or below `priceMinor`; FALL: due as it falls, at or above it. */
  direction: z.enum(['RISE', 'FALL']),
  priceMinor: z
    .bigint()
    .min(0n)
    .max(PRICES_BELOW - 1n),
  shard: shardSchema,
});

/** Which entries of a price index are asked for. */
export type DueQuery = z.input<typeof dueQuerySchema>;

/** Accepts a {@link TrailQuery}. */
export const trailQuerySchema = z.strictObject({
  assetId: assetIdSchema,
  /** HIGH: sells, which trail the highest price; LOW: buys. */
  kind: z.enum(['HIGH', 'LOW']),
  shard: shardSchema,
  /** Those that began at that tick or later, in milliseconds since 1970. Default: all. */
  fromMs: z.int().min(0).max(TIMES_UP_TO).optional(),
});

/** Which trailing stops are asked for. */
export type TrailQuery = z.input<typeof trailQuerySchema>;

/** Accepts an {@link ExpiryQuery}. */
export const expiryQuerySchema = z.strictObject({
  /** The hour of the expiry, such as `2026-03-02T14`. */
  hour: hourSchema,
  shard: shardSchema,
  /** ISO 8601 UTC, inclusive. */
  upTo: timestampSchema,
});

/** Which expiries are asked for. */
export type ExpiryQuery = z.input<typeof expiryQuerySchema>;
