import { z } from 'zod';
import { type Amount, amountSchema } from './amount.ts';

/** The two parts of a balance: free to spend, and reserved for open orders. */
export const Bucket = {
  AVAILABLE: 'available',
  HELD: 'held',
} as const;

/** One of the {@link Bucket} values. */
export type Bucket = (typeof Bucket)[keyof typeof Bucket];

/** Accepts exactly the {@link Bucket} values. */
export const bucketSchema = z.enum(Bucket);

/** Accepts one posting. */
export const postingSchema = amountSchema
  .extend({ bucket: bucketSchema })
  .refine((posting) => posting.amountMinor !== 0n, { path: ['amountMinor'], message: 'A posting moves something.' });

/** One movement of one code into (positive) or out of (negative) one bucket of the user's balance. */
export type Posting = z.output<typeof postingSchema>;

/** A posting of `amountMinor` to `available`, in the code and scale of `amount`. */
export function availablePosting({ code, scale }: Amount, amountMinor: bigint): Posting {
  return { code, bucket: Bucket.AVAILABLE, amountMinor, scale };
}
