import { actionAt, isLimit, sideOf, type OrderPreview, type PreviewedMove } from '@cnop/entities-order';
import type { Balance } from '@cnop/entities-ledger';
import { priceOrder } from './market/price-order.ts';
import { isMarketOrder, type PricedOrder } from './market/priced-order.ts';
import type { OrderFlowContext } from './order-flow-context.ts';
import { readPlacement, type PlaceOrder } from './placement.ts';
import { amountsOfFill, fillableQuantity } from './standing/fill-amounts.ts';
import { prepareStanding, type StandingPlacement } from './standing/prepare-standing.ts';
import { assertPreviewable } from './standing/standing-rules.ts';
import { venueMarketDraft } from './standing/venue-market.ts';

/** Says what an order would come to now, and whether the owner can pay for it; changes nothing. */
export async function previewOrder(context: OrderFlowContext, input: PlaceOrder): Promise<OrderPreview> {
  const { owner, order } = readPlacement(input);
  const figures = isMarketOrder(order)
    ? marketFigures(context, await priceOrder(context, { owner, order }))
    : standingFigures(await prepareStanding(context, { owner, order }, assertPreviewable));
  const balance = await context.balances.findBalance(owner, figures.debit.code);

  return { ...figures, ...coverOf(figures.debit, balance) };
}

/** At the reference price; of one that a venue is to fill with what it would hold until then. */
function marketFigures(context: OrderFlowContext, priced: PricedOrder) {
  const figures = { ...figuresOf(priced), ...movesOf(priced) };
  if (priced.quote.asset.execution !== 'VENUE') return figures;
  const { heldMinor, holdPriceMinor } = venueMarketDraft(context, priced).order;

  return {
    ...figures,
    debit: { ...figures.debit, amountMinor: heldMinor },
    standing: {
      holdMinor: heldMinor,
      holdPriceMinor,
      triggerPriceMinor: priced.quote.priceMinor,
      wouldExecute: false,
      wouldTrigger: false,
    },
  };
}

/** At the dearest price of a buy, at the price that triggers a sell: at the reference price, where that executes it. */
function standingFigures({ draft, asset, isMarketable }: StandingPlacement) {
  const { order, triggerMinor } = draft;
  const { assetId, currency, quantityScale, priceScale, currencyScale, feeBps = 0 } = order;
  const isBuy = sideOf(order.orderType) === 'BUY';
  const { executablePriceMinor: reference } = asset;
  const priceMinor = isMarketable ? reference : (order.holdPriceMinor ?? triggerMinor);
  const quantityMinor = isMarketable ? fillableQuantity(order, priceMinor) : order.quantityMinor;
  const { notionalMinor, feeMinor, paidMinor, receivedMinor } = amountsOfFill(order, { priceMinor, quantityMinor });
  const cash = { code: currency, scale: currencyScale };
  const held = { code: assetId, scale: quantityScale };

  return {
    ...{ orderType: order.orderType, assetId, currency, quantityMinor, quantityScale, priceScale, currencyScale },
    ...{ priceMinor, priceAsOf: asset.executableAsOf, priceSource: asset.executableSource ?? asset.priceSource ?? '' },
    ...{ notionalMinor, feeBps, feeMinor },
    debit: { ...(isBuy ? cash : held), amountMinor: isMarketable ? paidMinor : order.heldMinor },
    credit: { ...(isBuy ? held : cash), amountMinor: receivedMinor },
    standing: {
      holdMinor: isMarketable ? 0n : order.heldMinor,
      holdPriceMinor: order.holdPriceMinor,
      triggerPriceMinor: triggerMinor,
      wouldExecute: isMarketable,
      wouldTrigger: !isLimit(order.orderType) && actionAt(order, reference, reference) !== undefined,
    },
  };
}

function movesOf({ order, quote, quantityMinor, cashMinor, currencyScale }: PricedOrder) {
  const { assetId, currency, decimals } = quote.asset;
  const cash: PreviewedMove = { code: currency, amountMinor: cashMinor, scale: currencyScale };
  const asset: PreviewedMove = { code: assetId, amountMinor: quantityMinor, scale: decimals };

  return sideOf(order.orderType) === 'BUY' ? { debit: cash, credit: asset } : { debit: asset, credit: cash };
}

function figuresOf(priced: PricedOrder) {
  const { order, quote, quantityMinor, notionalMinor, feeBps, feeMinor, currencyScale } = priced;
  const { asset, priceMinor, priceAsOf, priceSource } = quote;

  return {
    orderType: order.orderType,
    assetId: asset.assetId,
    currency: asset.currency,
    quantityMinor,
    quantityScale: asset.decimals,
    priceMinor,
    priceScale: asset.priceScale,
    priceAsOf,
    priceSource,
    notionalMinor,
    feeBps,
    feeMinor,
    currencyScale,
  };
}

/** By the conditions of the debit: the scale, enough that is available, and not frozen. */
function coverOf({ amountMinor, scale }: PreviewedMove, balance: Balance | undefined) {
  const availableMinor = balance?.scale === scale ? balance.availableMinor : 0n;
  const isFrozen = balance?.status === 'FROZEN';

  return { availableMinor, isFrozen, isCovered: availableMinor >= amountMinor && !isFrozen };
}
