import type { Asset } from './asset.ts';

/** What an order needs to know of an asset apart from its price. */
export type AssetTerms = Pick<
  Asset,
  'assetId' | 'currency' | 'decimals' | 'priceScale' | 'status' | 'minQuantityMinor' | 'minNotionalMinor'
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
