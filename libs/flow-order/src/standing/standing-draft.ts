import type { Asset } from '@cnop/entities-inventory';
import {
  collarOf,
  holdPriceOf,
  isLimit,
  isOco,
  isTakeProfit,
  isTrail,
  needOf,
  quantityWithin,
  sideOf,
  standingTermsOf,
  trailStopOf,
  type Order,
  type StandingOrder,
  type StandingOrderCreate,
  type StandingTerms,
} from '@cnop/entities-order';
import { withoutUndefined } from '@cnop/utils';
import { currencyScale, remarksOf } from '@cnop/validation';
import { VENUE_FILLS } from './venue-market.ts';

/** What a standing order is made of, besides its ids. */
export interface StandingDraft {
  /** The terms as they were asked for, with nothing defaulted: they tell one request from another. */
  readonly terms: StandingTerms;
  /** QUEUED, and holding what it needs; without ids. */
  readonly order: Omit<StandingOrder, 'orderId' | 'clientOrderId' | 'owner'>;
  /** The price that would trigger it now: its stop, target or limit, of a trail the stop at its first watermark. */
  readonly triggerMinor: bigint;
}

/** An asset that has a reference price. */
export type PricedAsset = Asset & Required<Pick<Asset, 'priceAsOf' | 'executablePriceMinor' | 'executableAsOf'>>;

/** What a draft depends on besides the request. */
export interface DraftContext {
  readonly asset: PricedAsset;
  readonly feeBps: number;
  /** The fee of the exits of a bracket. */
  readonly exitFeeBps: number;
  readonly now: Date;
  readonly collarBps: number;
  readonly maxOrderLifeMs: number;
}

/**
 * A standing order as it would be placed now. What it asks for is not validated, but for its amounts.
 *
 * @throws InvalidAmountError naming the field, or when it would hold more than 10²⁴.
 */
export function draftOf(create: StandingOrderCreate, context: DraftContext): StandingDraft {
  const { asset, feeBps, now } = context;
  const { decimals: quantityScale, priceScale, currency } = asset;
  const scales = { quantityScale, priceScale, currencyScale: currencyScale(currency) };
  const terms = standingTermsOf(create, scales);
  const at = now.toISOString();
  const venue =
    asset.execution === 'VENUE' ? { execution: 'VENUE' as const, maxFills: asset.maxFills ?? VENUE_FILLS } : undefined;
  const triggerMinor = triggerOf(create.orderType, terms, asset.executablePriceMinor);
  const priced = withPrices(create.orderType, terms, { ...context, triggerMinor });
  const order = withoutUndefined<StandingDraft['order']>({
    orderType: create.orderType,
    status: 'QUEUED',
    assetId: asset.assetId,
    currency,
    ...scales,
    ...terms,
    ...priced,
    ...venue,
    quantityMinor: quantityOf(terms, priced.holdPriceMinor, { ...scales, feeBps }),
    feeBps: feeBps > 0 ? feeBps : undefined,
    exitTerms: terms.exitTerms && withoutUndefined({ ...terms.exitTerms, feeBps: context.exitFeeBps || undefined }),
    timeInForce: terms.timeInForce ?? (terms.expiresAt === undefined ? 'GTC' : 'GTD'),
    expiresAt: terms.expiresAt ?? new Date(now.getTime() + context.maxOrderLifeMs).toISOString(),
    activeAsOf: asset.priceAsOf,
    watermarkMinor: isTrail(terms) ? asset.executablePriceMinor : undefined,
    fills: [],
    heldMinor: 0n,
    ...remarksOf(create),
    createdAt: at,
    updatedAt: at,
    version: 1,
  });

  return { terms, order: { ...order, heldMinor: needOf(order) }, triggerMinor };
}

/** The price that triggers an order, of a trail while its watermark is this one; of an OCO that of its stop side. */
export function triggerOf(
  orderType: Order['orderType'],
  terms: Pick<StandingTerms, 'limitPriceMinor' | 'stopPriceMinor' | 'trailAmountMinor' | 'trailBps'>,
  watermarkMinor: bigint,
): bigint {
  if (isTrail(terms)) return trailStopOf({ orderType, ...terms }, watermarkMinor);
  const trigger = isLimit(orderType) ? terms.limitPriceMinor : terms.stopPriceMinor;
  if (trigger === undefined) throw new Error(`${orderType} lacks its trigger.`);

  return trigger;
}

/** The prices that follow from the terms: the most that a buy without a limit pays, and the dearest price that it can be filled at. */
function withPrices(
  orderType: Order['orderType'],
  terms: StandingTerms,
  { triggerMinor, collarBps }: { readonly triggerMinor: bigint; readonly collarBps: number },
): Pick<Order, 'maxPriceMinor' | 'collarBps' | 'holdPriceMinor'> {
  if (sideOf(orderType) === 'SELL') return {};
  const limited = isOco(orderType) ? terms.stopLimitPriceMinor : terms.limitPriceMinor;
  const isCapped = !isLimit(orderType) && !isTakeProfit(orderType) && limited === undefined;
  const isCollared = isCapped && terms.maxPriceMinor === undefined;
  const cap = isCollared ? { maxPriceMinor: collarOf(triggerMinor, collarBps), collarBps } : {};

  return { ...cap, holdPriceMinor: holdPriceOf({ orderType, ...terms, ...cap }) };
}

/** The quantity that was asked for, or what a notional buys at the hold price: shown until the fill says how much it was. */
function quantityOf(
  { quantityMinor, notionalMinor }: StandingTerms,
  holdPriceMinor: bigint | undefined,
  scales: Parameters<typeof quantityWithin>[2],
): bigint {
  if (quantityMinor !== undefined) return quantityMinor;
  if (notionalMinor === undefined || holdPriceMinor === undefined)
    throw new Error('An order has a quantity or a notional.');

  return quantityWithin(notionalMinor, holdPriceMinor, scales);
}
