import { quoteFrom } from '@cnop/entities-inventory';
import { orderErrors, type OrderCreate } from '@cnop/entities-order';
import type { OrderFlowContext } from '../order-flow-context.ts';
import { assertTradable } from './market-rules.ts';
import { isMarketOrder, priceAt, type PricedOrder } from './priced-order.ts';

/**
 * Fetches a quote and validates the order against it.
 *
 * @throws the DomainError that says why the order may not be executed.
 */
export async function priceOrder(
  { priceSource, clock, maxPriceAgeMs, maxPriceAheadMs }: OrderFlowContext,
  order: OrderCreate,
): Promise<PricedOrder> {
  if (!isMarketOrder(order)) throw new orderErrors.OrderTypeNotSupportedError({ orderType: order.orderType });

  const priced = priceAt(order, await quoteFrom(priceSource, order.assetId));
  assertTradable(priced, { now: clock.now(), maxPriceAgeMs, maxPriceAheadMs });
  return priced;
}
