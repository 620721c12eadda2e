export { getPortfolio, type PortfolioOptions } from './get-portfolio.ts';
export type { CashPosition, CurrencyTotal, Holding, Portfolio, Valuation } from './portfolio.ts';
export {
  portfolioResponseSchema,
  toPortfolioResponse,
  type HoldingResponse,
  type PortfolioResponse,
} from './portfolio-response.ts';
