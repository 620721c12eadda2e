import { quoteFrom, quoteOfAsset, type Quote } from '@cnop/entities-inventory';
import { feeBpsFrom } from '@cnop/entities-order';
import type { OrderFlowContext } from '../order-flow-context.ts';
import type { PlacementRequest } from '../placement.ts';
import { assertTradable } from './market-rules.ts';
import { priceAt, type MarketOrderCreate, type PricedOrder } from './priced-order.ts';

/**
 * Asks for the fee, fetches a quote, and validates the order against both. The quote comes last: nothing is waited for between its
 * reading and its judgement, however long a schedule thinks. Where a venue executes, what the order holds follows from the reference
 * price: the asset is read then, strongly consistent, whatever quote was cached.
 *
 * @throws the DomainError that says why the order may not be executed.
 */
export async function priceOrder(
  context: OrderFlowContext,
  { owner, order }: Pick<PlacementRequest, 'owner'> & { readonly order: MarketOrderCreate },
): Promise<PricedOrder> {
  const { feeSchedule, clock, maxPriceAgeMs, maxPriceAheadMs } = context;
  const { assetId, orderType } = order;
  const feeBps = await feeBpsFrom(feeSchedule, { owner, assetId, orderType });
  const quote = await quoteFor(context, assetId);
  const priced = priceAt(order, quote, feeBps);
  assertTradable(priced, { now: clock.now(), maxPriceAgeMs, maxPriceAheadMs });
  return priced;
}

async function quoteFor({ priceSource, assets }: OrderFlowContext, assetId: string): Promise<Quote> {
  const quote = await quoteFrom(priceSource, assetId);

  return quote.asset.execution === 'VENUE' ? quoteOfAsset(await assets.getAsset(assetId)) : quote;
}
