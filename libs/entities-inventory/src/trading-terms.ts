import { sharedErrors } from '@cnop/exceptions';
import * as z from 'zod';

/** Who fills the orders on an asset, by name. */
export const AssetExecution = { PLATFORM: 'PLATFORM', VENUE: 'VENUE' } as const;

/** Who fills the orders on an asset: the platform, at its ticks, or a venue that reports its fills. */
export type AssetExecution = (typeof AssetExecution)[keyof typeof AssetExecution];

const MAX_BPS = 9_999;
const MAX_FILLS = 32;
const MAX_SHARDS = 64;

/** The terms of standing orders, each absent unless it means something. */
export const tradingTermsShape = {
  maxTickMoveBps: z.int().min(1).max(MAX_BPS).optional(),
  execution: z.enum(AssetExecution).optional(),
  maxFills: z.int().min(1).max(MAX_FILLS).optional(),
  triggerShards: z.int().min(1).max(MAX_SHARDS).optional(),
  triggerReadShards: z.int().min(1).max(MAX_SHARDS).optional(),
} as const;

const bandText =
  'How far a price may be from the reference price, in basis points of it; one further away is traded on only once the next price ' +
  'confirms it. Absent: any price is traded on.';
const executionText = 'Who fills its orders. Absent: the platform.';
const fillsText = 'How many fills an order may have at most. Absent: 1 where the platform fills it, 32 at a venue.';
const shardsText = 'Into how many parts of an index its open orders are spread. Absent: 1.';
const readShardsText = 'How many of those parts are read; at least those that are written. Absent: 1.';

/** The same as a request for a new asset has them. */
export const tradingTermsCreateShape = {
  maxTickMoveBps: tradingTermsShape.maxTickMoveBps.describe(bandText),
  execution: tradingTermsShape.execution.describe(executionText),
  maxFills: tradingTermsShape.maxFills.describe(fillsText),
  triggerShards: tradingTermsShape.triggerShards.describe(shardsText),
  triggerReadShards: tradingTermsShape.triggerReadShards.describe(readShardsText),
} as const;

const removable = <TTerm extends z.ZodType>(term: z.ZodOptional<TTerm>) => term.unwrap().nullable().optional();

/** The same as an update has them: null takes a term away. */
export const tradingTermsUpdateShape = {
  maxTickMoveBps: removable(tradingTermsShape.maxTickMoveBps).describe(bandText),
  execution: removable(tradingTermsShape.execution).describe(executionText),
  maxFills: removable(tradingTermsShape.maxFills).describe(fillsText),
  triggerShards: removable(tradingTermsShape.triggerShards).describe(shardsText),
  triggerReadShards: removable(tradingTermsShape.triggerReadShards).describe(readShardsText),
} as const;

/** The terms of standing orders that an asset has. */
export type TradingTerms = z.infer<z.ZodObject<typeof tradingTermsShape>>;

/** Changes of them: null takes a term away, absent leaves it as it is. */
export type TradingTermsUpdate = z.infer<z.ZodObject<typeof tradingTermsUpdateShape>>;

/** What says the same as its absence is not stored: such a term is taken away. */
export function storedTradingTerms({
  maxTickMoveBps,
  execution,
  maxFills,
  triggerShards,
  triggerReadShards,
}: TradingTermsUpdate): TradingTermsUpdate {
  return {
    maxTickMoveBps,
    execution: execution === AssetExecution.PLATFORM ? null : execution,
    maxFills,
    triggerShards: triggerShards === 1 ? null : triggerShards,
    triggerReadShards: triggerReadShards === 1 ? null : triggerReadShards,
  };
}

/** The terms of a new asset, undefined where their absence says the same. */
export function newTradingTerms(terms: TradingTerms): TradingTerms {
  const stored = storedTradingTerms(terms);

  return {
    maxTickMoveBps: stored.maxTickMoveBps ?? undefined,
    execution: stored.execution ?? undefined,
    maxFills: stored.maxFills ?? undefined,
    triggerShards: stored.triggerShards ?? undefined,
    triggerReadShards: stored.triggerReadShards ?? undefined,
  };
}

/**
 * Refuses terms by which an open order could be in a part of an index that nobody reads.
 *
 * @throws {@link sharedErrors.ValidationError} when more shards are written than read.
 */
export function assertShardsRead({
  triggerShards,
  triggerReadShards,
}: Pick<TradingTermsUpdate, 'triggerShards' | 'triggerReadShards'>): void {
  const written = triggerShards ?? 1;
  if ((triggerReadShards ?? 1) >= written) return;

  const message = `At least the ${written} shards that are written must be read.`;
  throw new sharedErrors.ValidationError({ issues: [{ pointer: '/triggerReadShards', rule: 'too_small', message }] });
}
