import { inventoryErrors, type Asset } from '@cnop/entities-inventory';
import {
  isOpen,
  isStanding,
  orderErrors,
  type Order,
  type OrderAmendment,
  type StandingOrder,
} from '@cnop/entities-order';
import { sharedErrors } from '@cnop/exceptions';
import type { OrderFlowContext } from '../order-flow-context.ts';
import type { Amendment } from './amendment.ts';
import type { PricedAsset } from './standing-draft.ts';
import { assertAmendable } from './standing-rules.ts';
import { assertAtVenue } from './venue-order.ts';
import type { WorkedOff } from './work-off.ts';

/** `venue`: the venue that executes the order, which alone may lower what it holds. */
export type AmendingRole = 'venue' | undefined;

/** How often an order can be amended. */
const amendmentsAtMost = 50;

type NotAmendable = ConstructorParameters<typeof orderErrors.OrderNotAmendableError>[0];

/**
 * The order, if it may be amended at all. One that was set aside is resumed or cancelled first: nothing of it was judged.
 *
 * @throws OrderNotAmendableError with the status, and of an open order the reason; ValidationError when a venue amends an order of the
 *   platform.
 */
export function amendableOrder(
  { order, isPast, asset: { priceAsOf } }: Pick<WorkedOff, 'order' | 'isPast' | 'asset'>,
  role: AmendingRole,
): StandingOrder {
  const { orderId, status, expiresAt } = order;
  const refusal = (reason?: NonNullable<NotAmendable['reason']>) =>
    new orderErrors.OrderNotAmendableError({ orderId, status, ...(reason && { reason }) });
  if (role === 'venue') assertAtVenue(order);
  if (!isOpen(status)) throw refusal();
  if (order.endRequested) throw refusal('END_REQUESTED');
  if (order.setAsideAt !== undefined) throw refusal('SET_ASIDE');
  if (!isStanding(order)) throw refusal('MARKET_ORDER');
  if (isPast || (expiresAt !== undefined && priceAsOf !== undefined && priceAsOf >= expiresAt))
    throw refusal('PAST_EXPIRY');

  return order;
}

/** The asset with the reference price that it has had since the order was placed. */
export function pricedAsset(asset: Asset): PricedAsset {
  const { assetId, priceAsOf, executablePriceMinor, executableAsOf } = asset;
  if (priceAsOf === undefined || executablePriceMinor === undefined || executableAsOf === undefined)
    throw new inventoryErrors.PriceUnavailableError({ assetId });

  return { ...asset, priceAsOf, executablePriceMinor, executableAsOf };
}

/** An order and what is asked of it. */
export interface AmendmentChange {
  readonly from: StandingOrder;
  readonly amendment: Amendment;
  readonly expectedVersion: OrderAmendment['expectedVersion'];
  readonly role: AmendingRole;
  readonly asset: PricedAsset;
  readonly now: Date;
}

/**
 * Refuses an amendment that changes something and may not be made.
 *
 * @throws VersionConflictError, AmendLimitReachedError, OrderNotAmendableError; the DomainError of the rule of placing that it breaks.
 */
export function assertAllowed(
  { maxPriceAgeMs, maxOrderLifeMs }: Pick<OrderFlowContext, 'maxPriceAgeMs' | 'maxOrderLifeMs'>,
  { from, amendment, expectedVersion, role, asset, now }: AmendmentChange,
): void {
  const { to, isRepriced, triggerMinor } = amendment;
  const { orderId, status, version } = from;
  const watermarkMinor = to.watermarkMinor ?? asset.executablePriceMinor;

  if (expectedVersion !== undefined && expectedVersion !== version)
    throw new sharedErrors.VersionConflictError({ resource: 'order', expectedVersion, currentVersion: version });
  if (timesAmended(from) >= amendmentsAtMost)
    throw new orderErrors.AmendLimitReachedError({ maximum: amendmentsAtMost });
  assertAmendable(
    { order: to, triggerMinor, asset, now, maxPriceAgeMs, maxOrderLifeMs, watermarkMinor },
    { expiry: to.expiresAt !== from.expiresAt, quantity: to.quantityMinor !== from.quantityMinor, isRepriced },
  );
  // Nothing is released that the venue may still fill.
  if (from.execution === 'VENUE' && to.heldMinor < from.heldMinor && role !== 'venue')
    throw new orderErrors.OrderNotAmendableError({ orderId, status, reason: 'LOWERS_VENUE_HOLD' });
}

/** Each amendment made a version of its own; so did the step of a stop-limit to a limit order, which is none. */
const timesAmended = ({ changes = [] }: Order): number =>
  new Set(changes.filter(({ field }) => field !== 'triggeredAt').map(({ version }) => version)).size;
