import { isDomainError } from '@cnop/exceptions';
import { withoutUndefined } from '@cnop/utils';
import * as z from 'zod';
import { assetSchema, type Asset } from './asset.ts';
import { inventoryErrors } from './errors.ts';

/** What an order needs to know of an asset apart from its price. Without `execution` the platform executes. */
export type AssetTerms = Pick<
  Asset,
  | 'assetId'
  | 'currency'
  | 'decimals'
  | 'priceScale'
  | 'status'
  | 'minQuantityMinor'
  | 'minNotionalMinor'
  | 'execution'
  | 'maxFills'
>;

/** The price of an asset at a moment, with the terms on which it is traded. */
export interface Quote {
  readonly asset: AssetTerms;
  /** In minor units of the asset's currency at `asset.priceScale`, for one whole unit of the asset. */
  readonly priceMinor: bigint;
  /** When the price was observed, ISO 8601 UTC. */
  readonly priceAsOf: string;
  /** Who observed it, such as a feed's name. */
  readonly priceSource: string;
}

/** How far ahead of our clock the time of a price may be, in milliseconds, unless a deployment sets another bound. */
export const MAX_PRICE_AHEAD_MS = 5_000;

/** Whether a time is ahead of our clock by more than is allowed. */
export const isTooFarAhead = (priceAsOf: string, now: Date, maxAheadMs: number): boolean =>
  Date.parse(priceAsOf) - now.getTime() > maxAheadMs;

/**
 * Where the price of a market order comes from; never from the client.
 *
 * An implementation may answer from a cache. It does not judge a price's age or an asset's status: who trades on the quote does.
 */
export interface PriceSource {
  /**
   * The latest price that this source knows.
   *
   * @throws {@link AssetNotFoundError} when there is no such asset.
   * @throws {@link PriceUnavailableError} when the asset has no price yet.
   */
  getQuote(assetId: string): Promise<Quote>;
}

const { assetId, decimals, priceScale, status, minQuantityMinor, minNotionalMinor, ...others } = assetSchema.shape;
const quoteSchema = z.object({
  asset: z.object({
    assetId,
    // Whether it is a registered one, its scale will tell.
    currency: z.string(),
    ...{ decimals, priceScale, status, minQuantityMinor, minNotionalMinor },
    execution: others.execution,
    maxFills: others.maxFills,
  }),
  priceMinor: others.priceMinor.unwrap(),
  priceAsOf: others.priceAsOf.unwrap(),
  priceSource: others.priceSource.unwrap(),
});

/**
 * The quote of a price source, checked: the source may be anybody's.
 *
 * @throws {@link inventoryErrors.InvalidQuoteError} naming the field, when it is no quote of that asset; {@link inventoryErrors.PriceUnavailableError}
 *   when the source failed otherwise than by a DomainError, with that failure as its `cause`; a DomainError of the source as it is.
 */
export async function quoteFrom(priceSource: PriceSource, id: string): Promise<Quote> {
  const { data: quote, error } = quoteSchema.safeParse(await askFor(priceSource, id));
  const [issue] = error?.issues ?? [];
  if (!quote) {
    const field = issue?.path.join('.') || 'quote';
    throw new inventoryErrors.InvalidQuoteError({ assetId: id, field, rule: issue?.message ?? '' });
  }
  if (quote.asset.assetId !== id) {
    const rule = `must be ${id}`;
    throw new inventoryErrors.InvalidQuoteError({ assetId: id, field: 'asset.assetId', rule });
  }
  return quote;
}

/**
 * The quote that an asset carries itself: its reference price.
 *
 * @throws {@link inventoryErrors.PriceUnavailableError} when it has none, or its newest price may be a misprint;
 *   {@link inventoryErrors.AssetInactiveError} when it is not traded either.
 */
export function quoteOfAsset(asset: Asset): Quote {
  const { executablePriceMinor, executableAsOf, executableSource, outOfBand, ...terms } = asset;
  const hasPrice = executablePriceMinor !== undefined && executableAsOf !== undefined && executableSource !== undefined;
  if (!hasPrice || outOfBand) {
    throw terms.status === 'INACTIVE'
      ? new inventoryErrors.AssetInactiveError({ assetId: asset.assetId })
      : new inventoryErrors.PriceUnavailableError({ assetId: asset.assetId });
  }

  return {
    asset: withoutUndefined<AssetTerms>({
      assetId: terms.assetId,
      currency: terms.currency,
      decimals: terms.decimals,
      priceScale: terms.priceScale,
      status: terms.status,
      minQuantityMinor: terms.minQuantityMinor,
      minNotionalMinor: terms.minNotionalMinor,
      execution: terms.execution,
      maxFills: terms.maxFills,
    }),
    priceMinor: executablePriceMinor,
    priceAsOf: executableAsOf,
    priceSource: executableSource,
  };
}

async function askFor(priceSource: PriceSource, assetId: string): Promise<Quote> {
  try {
    return await priceSource.getQuote(assetId);
  } catch (cause) {
    throw isDomainError(cause) ? cause : new inventoryErrors.PriceUnavailableError({ assetId }, { cause });
  }
}
