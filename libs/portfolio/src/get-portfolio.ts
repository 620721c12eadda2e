import { getAssetDao } from '@cnop/dao-inventory';
import { getBalanceDao } from '@cnop/dao-user';
import type { Database } from '@cnop/database-core';
import { isCurrencyCode } from '@cnop/validation';
import type { Portfolio } from './portfolio.ts';
import { valuePortfolio } from './value-portfolio.ts';

/**
 * A user's cash and holdings, valued at the assets' stored prices, each with its time and source; totals by currency.
 *
 * Balances and assets are read strongly consistently, but not in one snapshot: a trade in between may show on one side only. Two
 * requests for up to 100 holdings: a Query of the balances and a BatchGetItem of the assets.
 *
 * @throws ValidationError for a name that cannot be a user's; DatabaseUnavailableError, ThrottledError or DatabaseError.
 */
export async function getPortfolio(database: Database, username: string): Promise<Portfolio> {
  const balances = await getBalanceDao(database).listBalances(username);
  const assetIds = balances.map(({ code }) => code).filter((code) => !isCurrencyCode(code));
  const { found } = assetIds.length === 0 ? { found: [] } : await getAssetDao(database).getAssetsByIds(assetIds);

  return valuePortfolio({
    username: username.toLowerCase(),
    asOf: database.clock.now().toISOString(),
    balances,
    assets: found,
  });
}
