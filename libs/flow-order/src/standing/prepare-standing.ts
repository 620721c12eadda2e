import { inventoryErrors, isTooFarAhead, type Asset } from '@cnop/entities-inventory';
import {
  feeBpsFrom,
  isLimit,
  orderErrors,
  sideOf,
  workingLimitOf,
  type StandingOrderCreate,
} from '@cnop/entities-order';
import { formatDecimal } from '@cnop/utils';
import type { OrderFlowContext } from '../order-flow-context.ts';
import type { PlacementRequest } from '../placement.ts';
import { draftOf, type PricedAsset, type StandingDraft } from './standing-draft.ts';
import { assertPlaceable } from './standing-rules.ts';
import { assertVenuePlaceable } from './venue-order.ts';

/** A request for an order that waits for a price. */
export type StandingRequest = PlacementRequest & { readonly order: StandingOrderCreate };

/** A standing order that may be placed: as a draft, and whether the reference price executes it at once. */
export interface StandingPlacement {
  readonly draft: StandingDraft;
  readonly asset: PricedAsset;
  readonly isMarketable: boolean;
}

/**
 * Reads the asset, strongly consistent, and validates the order against it. Nothing is waited for after the asset was read.
 *
 * @throws the DomainError that says why the order may not be placed.
 */
export async function prepareStanding(
  context: OrderFlowContext,
  { owner, order }: StandingRequest,
  assertAllowed = assertPlaceable,
): Promise<StandingPlacement> {
  const { assetId, orderType, timeInForce } = order;
  const { feeSchedule, assets, clock, collarBps, maxOrderLifeMs, maxPriceAgeMs } = context;
  const feeBps = await feeBpsFrom(feeSchedule, { owner, assetId, orderType });
  const hasExits = 'exits' in order && order.exits !== undefined;
  const exitFeeBps = hasExits ? await feeBpsFrom(feeSchedule, { owner, assetId, orderType: 'OCO_SELL' }) : 0;
  const asset = tradedAsset(await assets.getAsset(assetId), context);
  if (asset.execution === 'VENUE') assertVenuePlaceable(order);
  const now = clock.now();
  const draft = draftOf(order, { asset, feeBps, exitFeeBps, now, collarBps, maxOrderLifeMs });
  const watermarkMinor = asset.executablePriceMinor;

  assertAllowed({ ...draft, asset, now, maxPriceAgeMs, maxOrderLifeMs, watermarkMinor });
  const isAtOnce = timeInForce === 'IOC' || timeInForce === 'FOK';
  const refusal = isLimit(orderType) ? marketability(draft, asset, { ...context, now }) : undefined;
  if (isAtOnce && refusal) throw refusal;

  return { draft, asset, isMarketable: isLimit(orderType) && refusal === undefined };
}

/** The asset, if it is traded and has a price. */
function tradedAsset(asset: Asset, { clock, maxPriceAheadMs }: OrderFlowContext): PricedAsset {
  const { assetId, status, priceAsOf, executablePriceMinor, executableAsOf } = asset;
  if (status !== 'ACTIVE') throw new inventoryErrors.AssetInactiveError({ assetId });
  if (priceAsOf === undefined || executablePriceMinor === undefined || executableAsOf === undefined)
    throw new inventoryErrors.PriceUnavailableError({ assetId });
  if (isTooFarAhead(priceAsOf, clock.now(), maxPriceAheadMs))
    throw new inventoryErrors.PriceAheadError({ assetId, priceAsOf, maxAheadMs: maxPriceAheadMs });

  return { ...asset, priceAsOf, executablePriceMinor, executableAsOf };
}

/** Why an order that works as a limit order cannot be executed at once; `undefined` where it can. */
export function marketability(
  { order }: Pick<StandingDraft, 'order'>,
  asset: PricedAsset,
  { now, maxPriceAgeMs }: { readonly now: Date; readonly maxPriceAgeMs: number },
) {
  const { assetId, executablePriceMinor: reference, executableAsOf: priceAsOf } = asset;
  const { orderType, priceScale } = order;
  const limitPriceMinor = workingLimitOf(order) ?? 0n;
  const meets = sideOf(orderType) === 'BUY' ? reference <= limitPriceMinor : reference >= limitPriceMinor;

  if (order.execution === 'VENUE' || !meets) {
    const [price, limit] = [formatDecimal(reference, priceScale), formatDecimal(limitPriceMinor, priceScale)];
    return new orderErrors.OrderNotMarketableError({ price, limit });
  }
  if (asset.outOfBand) return new inventoryErrors.PriceUnavailableError({ assetId });
  return now.getTime() - Date.parse(priceAsOf) > maxPriceAgeMs
    ? new inventoryErrors.PriceStaleError({ assetId, priceAsOf, maxAgeMs: maxPriceAgeMs })
    : undefined;
}
