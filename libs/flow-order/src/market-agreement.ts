import { orderErrors } from '@cnop/entities-order';
import { assertMarketRules } from './market-rules.ts';
import { isMarketOrder, marketTerms, type MarketOrderCreate, type MarketTerms } from './market-terms.ts';
import type { OrderFlowContext } from './order-flow-context.ts';
import type { Placement } from './placement.ts';

/** The terms of an order that may be executed now. */
export interface MarketAgreement extends MarketTerms {
  readonly market: MarketOrderCreate;
}

/** Asks for the price and judges the order by it. @throws the DomainError that says why the order may not be executed. */
export async function agreeOnMarket(
  { priceSource, clock, maxPriceAgeMs }: OrderFlowContext,
  { order }: Placement,
): Promise<MarketAgreement> {
  if (!isMarketOrder(order)) throw new orderErrors.OrderTypeNotSupportedError({ orderType: order.orderType });

  const terms = marketTerms(order, await priceSource.getQuote(order.assetId));
  assertMarketRules({ ...terms, now: clock.now(), maxPriceAgeMs });
  return { ...terms, market: order };
}
