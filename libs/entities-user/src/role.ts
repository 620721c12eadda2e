import { z } from 'zod';

/** What a user may do: trade for themselves, administer, or publish prices. */
export const Role = {
  CUSTOMER: 'customer',
  ADMIN: 'admin',
  PRICE_FEED: 'price-feed',
} as const;

/** One of the {@link Role} values. */
export type Role = (typeof Role)[keyof typeof Role];

/** Accepts exactly the {@link Role} values. */
export const roleSchema = z.enum(Role);
