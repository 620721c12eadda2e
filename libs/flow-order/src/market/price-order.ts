import { quoteFrom } from '@cnop/entities-inventory';
import { feeBpsFrom } from '@cnop/entities-order';
import type { OrderFlowContext } from '../order-flow-context.ts';
import type { PlacementRequest } from '../placement.ts';
import { assertTradable } from './market-rules.ts';
import { priceAt, type MarketOrderCreate, type PricedOrder } from './priced-order.ts';

/**
 * Asks for the fee, fetches a quote, and validates the order against both. The quote comes last: nothing is waited for between its
 * reading and its judgement, however long a schedule thinks.
 *
 * @throws the DomainError that says why the order may not be executed.
 */
export async function priceOrder(
  { priceSource, feeSchedule, clock, maxPriceAgeMs, maxPriceAheadMs }: OrderFlowContext,
  { owner, order }: Pick<PlacementRequest, 'owner'> & { readonly order: MarketOrderCreate },
): Promise<PricedOrder> {
  const { assetId, orderType } = order;
  const feeBps = await feeBpsFrom(feeSchedule, { owner, assetId, orderType });
  const quote = await quoteFrom(priceSource, assetId);
  const priced = priceAt(order, quote, feeBps);
  assertTradable(priced, { now: clock.now(), maxPriceAgeMs, maxPriceAheadMs });
  return priced;
}
