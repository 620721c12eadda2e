import type { Database } from '@cnop/database-core';
import { getPortfolio, toPortfolioResponse } from '@cnop/portfolio';

/** Alice has 53.96 USD and 2 AAPL, which is at 223.02 USD. */
export async function showPortfolio(database: Database): Promise<void> {
  const { cash, holdings, totals } = toPortfolioResponse(await getPortfolio(database, 'alice'));

  console.log(cash[0]?.available); // 53.96
  console.log(holdings[0]?.assetId, holdings[0]?.price, holdings[0]?.value); // AAPL 223.02 446.04
  console.log(totals[0]?.currency, totals[0]?.total); // USD 500.00
}
