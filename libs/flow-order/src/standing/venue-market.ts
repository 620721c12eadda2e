import { collarOf, needOf, sideOf, type Order } from '@cnop/entities-order';
import { withoutUndefined } from '@cnop/utils';
import { remarksOf } from '@cnop/validation';
import { amountsOf, type PricedOrder } from '../market/priced-order.ts';
import type { OrderFlowContext } from '../order-flow-context.ts';
import type { QueuedDraft } from './queue-order.ts';

/** How many fills an order at a venue may take, unless its asset says less. */
export const VENUE_FILLS = 32;

/**
 * A market order that a venue is to fill, as it would be placed now: QUEUED, without expiry. A buy holds as a stop buy does that the
 * reference price triggers: up to its maximum price or else the collar; a sell its quantity.
 *
 * @throws InvalidAmountError when it would hold more than 10²⁴.
 */
export function venueMarketDraft(
  { clock, collarBps }: Pick<OrderFlowContext, 'clock' | 'collarBps'>,
  priced: PricedOrder,
): QueuedDraft {
  const { order: create, quote, quantityMinor, minPriceMinor, feeBps, currencyScale } = priced;
  const { assetId, currency, decimals: quantityScale, priceScale, maxFills = VENUE_FILLS } = quote.asset;
  const isBuy = sideOf(create.orderType) === 'BUY';
  const isCollared = isBuy && priced.maxPriceMinor === undefined;
  const cap = isCollared ? collarOf(quote.priceMinor, collarBps) : priced.maxPriceMinor;
  const at = clock.now().toISOString();
  const order = withoutUndefined<QueuedDraft['order']>({
    orderType: create.orderType,
    status: 'QUEUED',
    assetId,
    currency,
    ...{ quantityMinor, quantityScale, priceScale, currencyScale },
    maxPriceMinor: cap,
    minPriceMinor,
    holdPriceMinor: cap,
    collarBps: isCollared ? collarBps : undefined,
    feeBps: feeBps > 0 ? feeBps : undefined,
    execution: 'VENUE',
    maxFills,
    fills: [] satisfies Order['fills'],
    heldMinor: 0n,
    ...remarksOf(create),
    createdAt: at,
    updatedAt: at,
    version: 1,
  });

  return {
    order: { ...order, heldMinor: needOf(order) },
    terms: amountsOf(create, { quantityScale, priceScale }),
    triggers: {},
  };
}
