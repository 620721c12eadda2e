import { sideOf, type OrderPreview, type PreviewedMove } from '@cnop/entities-order';
import type { Balance } from '@cnop/entities-ledger';
import { agreeOnMarket, type MarketAgreement } from './market-agreement.ts';
import type { OrderFlowContext } from './order-flow-context.ts';
import { readPlacement, type PlaceOrder } from './placement.ts';

/** Says what an order would come to, and changes nothing; see `OrderFlow.previewOrder`. */
export async function previewOrder(context: OrderFlowContext, input: PlaceOrder): Promise<OrderPreview> {
  const placement = readPlacement(input, context.ids);
  const agreement = await agreeOnMarket(context, placement);
  const { debit, credit } = movesOf(agreement);
  const balance = await context.balances.findBalance(placement.owner, debit.code);

  return { ...figuresOf(agreement), debit, credit, ...coverOf(debit, balance) };
}

function movesOf({ market, quote, quantityMinor, notionalMinor, currencyScale }: MarketAgreement) {
  const { assetId, currency, decimals } = quote.asset;
  const cash: PreviewedMove = { code: currency, amountMinor: notionalMinor, scale: currencyScale };
  const asset: PreviewedMove = { code: assetId, amountMinor: quantityMinor, scale: decimals };

  return sideOf(market.orderType) === 'BUY' ? { debit: cash, credit: asset } : { debit: asset, credit: cash };
}

function figuresOf({ market, quote, quantityMinor, notionalMinor, currencyScale }: MarketAgreement) {
  const { asset, priceMinor, priceAsOf, priceSource } = quote;

  return {
    orderType: market.orderType,
    assetId: asset.assetId,
    currency: asset.currency,
    quantityMinor,
    quantityScale: asset.decimals,
    priceMinor,
    priceScale: asset.priceScale,
    priceAsOf,
    priceSource,
    notionalMinor,
    feeMinor: 0n,
    currencyScale,
  };
}

/** By the conditions of the debit: the scale, enough that is available, and not frozen. */
function coverOf({ amountMinor, scale }: PreviewedMove, balance: Balance | undefined) {
  const availableMinor = balance?.scale === scale ? balance.availableMinor : 0n;
  const isFrozen = balance?.status === 'FROZEN';

  return { availableMinor, isFrozen, isCovered: availableMinor >= amountMinor && !isFrozen };
}
