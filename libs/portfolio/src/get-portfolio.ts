import { getAssetDao } from '@cnop/dao-inventory';
import { getBalanceDao } from '@cnop/dao-ledger';
import type { Database } from '@cnop/database-core';
import type { Asset } from '@cnop/entities-inventory';
import type { Balance } from '@cnop/entities-ledger';
import { isCurrencyCode, parseInput, ownerSchema } from '@cnop/validation';
import type { Portfolio } from './portfolio.ts';
import { valuePortfolio } from './value-portfolio.ts';

/** The most assets that the DAO looks up at once. */
const assetsPerLookUp = 1000;

/**
 * A user's cash and holdings, valued at the assets' stored prices, each with its time and source; totals by currency.
 *
 * Balances and assets are read strongly consistently, but not in one snapshot: a trade in between may show on one side only. Two
 * requests for up to 100 holdings, a Query of the balances and a BatchGetItem of the assets; one for a user who has no asset. A name
 * that nobody has is that of a user who has nothing.
 *
 * @throws ValidationError for a name that cannot be a user's; InvalidAmountError when a holding is worth more than 10²⁴ minor units;
 *   DatabaseUnavailableError, ThrottledError or DatabaseError.
 * @example
 * const portfolio = toPortfolioResponse(await getPortfolio(database, 'ada'));
 */
export async function getPortfolio(database: Database, of: string): Promise<Portfolio> {
  const owner = parseInput(ownerSchema, of);
  const balances = (await getBalanceDao(database).listBalances(owner)).filter(isPresent);
  const assets = await readAssets(
    database,
    balances.map(({ code }) => code).filter((code) => !isCurrencyCode(code)),
  );

  return valuePortfolio({ owner, asOf: database.clock.now().toISOString(), balances, assets });
}

/** What was sold leaves an empty balance behind, whose asset need not be read. */
const isPresent = ({ availableMinor, heldMinor }: Balance): boolean => availableMinor !== 0n || heldMinor !== 0n;

async function readAssets(database: Database, assetIds: readonly string[]): Promise<Asset[]> {
  const assets: Asset[] = [];

  for (let start = 0; start < assetIds.length; start += assetsPerLookUp) {
    const { found } = await getAssetDao(database).getAssetsByIds(assetIds.slice(start, start + assetsPerLookUp));
    assets.push(...found);
  }
  return assets;
}
