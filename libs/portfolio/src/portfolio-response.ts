import { formatDecimal } from '@cnop/utils';
import { assetIdSchema, currencyCodeSchema, signedDecimalTextSchema, ownerSchema } from '@cnop/validation';
import * as z from 'zod';
import type { CashPosition, CurrencyTotal, Holding, Portfolio } from './portfolio.ts';

const holdingResponseSchema = z.strictObject({
  assetId: assetIdSchema,
  available: signedDecimalTextSchema,
  held: signedDecimalTextSchema,
  currency: currencyCodeSchema.optional().describe('What the asset is priced in; absent while it has no price.'),
  price: signedDecimalTextSchema.optional(),
  priceAsOf: z.iso.datetime().optional(),
  priceSource: z.string().optional(),
  value: signedDecimalTextSchema.optional(),
});

/** The shape of a portfolio in an answer over an edge: amounts as decimal text. */
export const portfolioResponseSchema = z
  .strictObject({
    username: ownerSchema,
    asOf: z.iso.datetime(),
    cash: z.array(
      z.strictObject({
        currency: currencyCodeSchema,
        available: signedDecimalTextSchema,
        held: signedDecimalTextSchema,
      }),
    ),
    holdings: z.array(holdingResponseSchema),
    totals: z
      .array(
        z.strictObject({
          currency: currencyCodeSchema,
          cash: signedDecimalTextSchema,
          holdings: signedDecimalTextSchema,
          total: signedDecimalTextSchema,
        }),
      )
      .describe('By currency; currencies are not converted into one another.'),
    complete: z.boolean().describe('Whether every holding has a value; if not, the totals are of those that have one.'),
  })
  .describe('What a user has, and what it is worth at the stored prices.')
  .meta({ title: 'Portfolio' });

/** A portfolio as an API shows it: amounts as decimal text with all the decimals of their scale. */
export type PortfolioResponse = z.output<typeof portfolioResponseSchema>;

/** One holding as an API shows it; price and value are absent where it has no valuation. */
export type HoldingResponse = z.output<typeof holdingResponseSchema>;

/** The portfolio with every amount as decimal text. */
export function toPortfolioResponse({ owner, asOf, cash, holdings, totals, complete }: Portfolio): PortfolioResponse {
  return {
    username: owner,
    asOf,
    cash: cash.map(toCashResponse),
    holdings: holdings.map(toHoldingResponse),
    totals: totals.map(toTotalResponse),
    complete,
  };
}

const toCashResponse = ({ currency, scale, availableMinor, heldMinor }: CashPosition) => ({
  currency,
  available: formatDecimal(availableMinor, scale),
  held: formatDecimal(heldMinor, scale),
});

const toTotalResponse = ({ currency, scale, cashMinor, holdingsMinor, totalMinor }: CurrencyTotal) => ({
  currency,
  cash: formatDecimal(cashMinor, scale),
  holdings: formatDecimal(holdingsMinor, scale),
  total: formatDecimal(totalMinor, scale),
});

function toHoldingResponse({ assetId, scale, availableMinor, heldMinor, valuation }: Holding): HoldingResponse {
  const amounts = {
    assetId,
    available: formatDecimal(availableMinor, scale),
    held: formatDecimal(heldMinor, scale),
  };
  if (!valuation) return amounts;

  return {
    ...amounts,
    currency: valuation.currency,
    price: formatDecimal(valuation.priceMinor, valuation.priceScale),
    priceAsOf: valuation.priceAsOf,
    priceSource: valuation.priceSource,
    value: formatDecimal(valuation.valueMinor, valuation.currencyScale),
  };
}
