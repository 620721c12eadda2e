import { sideOf, type OrderPreview, type PreviewedMove } from '@cnop/entities-order';
import type { Balance } from '@cnop/entities-ledger';
import { priceOrder } from './market/price-order.ts';
import type { PricedOrder } from './market/priced-order.ts';
import type { OrderFlowContext } from './order-flow-context.ts';
import { readPlacement, type PlaceOrder } from './placement.ts';

/** Says what an order would come to now, and whether the owner can pay for it; changes nothing. */
export async function previewOrder(context: OrderFlowContext, input: PlaceOrder): Promise<OrderPreview> {
  const request = readPlacement(input);
  const priced = await priceOrder(context, request);
  const { debit, credit } = movesOf(priced);
  const balance = await context.balances.findBalance(request.owner, debit.code);

  return { ...figuresOf(priced), debit, credit, ...coverOf(debit, balance) };
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
