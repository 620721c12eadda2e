import { getAssetDao } from '@cnop/dao-inventory';
import { getBalanceDao } from '@cnop/dao-ledger';
import type { Database } from '@cnop/database-core';
import { inventoryErrors, quoteFrom, type PriceSource } from '@cnop/entities-inventory';
import type { Balance } from '@cnop/entities-ledger';
import { isCurrencyCode, parseInput, ownerSchema } from '@cnop/validation';
import type { Portfolio } from './portfolio.ts';
import { valuePortfolio, type PricedAsset } from './value-portfolio.ts';

/** The most assets that the DAO looks up at once. */
const assetsPerLookUp = 1000;

/** The most quotes that are asked for at once. */
const quotesAtOnce = 100;

/** How a portfolio is valued. */
export interface PortfolioOptions {
  /** Where prices come from. Default: the prices that are stored with the assets. */
  readonly priceSource?: PriceSource;
}

/**
 * A user's cash and holdings, valued at the assets' prices, each with its time and source; totals by currency. A price is shown whatever
 * its age.
 *
 * Balances and assets are read strongly consistently, but not in one snapshot: a trade in between may show on one side only. Two
 * requests for up to 100 holdings, a Query of the balances and a BatchGetItem of the assets; one for a user who has no asset. With a price
 * source of its own one request, and a quote for each holding, 100 at once. A name that nobody has is that of a user who has nothing.
 *
 * @throws ValidationError for a name that cannot be a user's; what the price source throws, but for an asset that it does not know, or has
 *   no valid quote of; DatabaseUnavailableError, ThrottledError or DatabaseError.
 * @example
 * const portfolio = toPortfolioResponse(await getPortfolio(database, 'ada'));
 */
export async function getPortfolio(
  database: Database,
  of: string,
  { priceSource }: PortfolioOptions = {},
): Promise<Portfolio> {
  const owner = parseInput(ownerSchema, of);
  const balances = (await getBalanceDao(database).listBalances(owner)).filter(isPresent);
  const assetIds = balances.map(({ code }) => code).filter((code) => !isCurrencyCode(code));
  const assets = await (priceSource ? quotedAssets(priceSource, assetIds) : storedAssets(database, assetIds));

  return valuePortfolio({ owner, asOf: database.clock.now().toISOString(), balances, assets });
}

/** What was sold leaves an empty balance behind, whose asset need not be read. */
const isPresent = ({ availableMinor, heldMinor }: Balance): boolean => availableMinor !== 0n || heldMinor !== 0n;

async function storedAssets(database: Database, assetIds: readonly string[]): Promise<PricedAsset[]> {
  const assets: PricedAsset[] = [];

  for (let start = 0; start < assetIds.length; start += assetsPerLookUp) {
    const { found } = await getAssetDao(database).getAssetsByIds(assetIds.slice(start, start + assetsPerLookUp));
    assets.push(...found);
  }
  return assets;
}

async function quotedAssets(priceSource: PriceSource, assetIds: readonly string[]): Promise<PricedAsset[]> {
  const assets: PricedAsset[] = [];

  for (let start = 0; start < assetIds.length; start += quotesAtOnce) {
    const quotes = assetIds.slice(start, start + quotesAtOnce).map((assetId) => quotedAsset(priceSource, assetId));
    assets.push(...(await Promise.all(quotes)).flat());
  }
  return assets;
}

/** None for an asset that the source does not know or has no price of. */
async function quotedAsset(priceSource: PriceSource, assetId: string): Promise<PricedAsset[]> {
  try {
    const { asset, ...price } = await quoteFrom(priceSource, assetId);
    return [{ assetId, currency: asset.currency, priceScale: asset.priceScale, ...price }];
  } catch (error) {
    if (noQuote.some((refusal) => refusal.is(error)) || isMissing(error)) return [];
    throw error;
  }
}

/** What a source says of an asset that it has no quote of. */
const noQuote = [inventoryErrors.AssetNotFoundError, inventoryErrors.InvalidQuoteError];

/** That there is no price; one that could not be had has a cause. */
const isMissing = (error: unknown): boolean =>
  inventoryErrors.PriceUnavailableError.is(error) && error.cause === undefined;
