import { inventoryErrors } from '@cnop/entities-inventory';
import { isOco, orderErrors, sideOf, venueFillIdSchema, type Order } from '@cnop/entities-order';
import { sharedErrors } from '@cnop/exceptions';
import { formatDecimal, parseDecimal } from '@cnop/utils';
import { orderIdSchema, parseInput, positiveDecimalTextSchema } from '@cnop/validation';
import * as z from 'zod';
import type { OrderFlowContext, OrderResult } from '../order-flow-context.ts';
import { amountsOfFill, fillableQuantity, type FillRequest } from './fill-amounts.ts';
import { fillStep } from './fill-order.ts';
import { takeStep, type StepOutcome } from './order-step.ts';
import { assertAtVenue, assertOpen } from './venue-order.ts';

const executeOrderSchema = z.strictObject({
  orderId: orderIdSchema,
  /** The id that the venue gave to the fill. */
  venueFillId: venueFillIdSchema,
  /** In units of the asset. */
  quantity: positiveDecimalTextSchema,
  /** For one unit of the asset, in units of its currency. */
  price: positiveDecimalTextSchema,
});

/** A fill that a venue reports. */
export type ExecuteOrder = z.input<typeof executeOrderSchema>;

type VenueFill = FillRequest & Required<Pick<FillRequest, 'venueFillId'>>;

/** How often a fill is derived anew because another write came first. */
const attemptsAtMost = 10;

/** Fills an order at a venue, once for each id of a fill. */
export async function executeOrder(context: OrderFlowContext, input: ExecuteOrder): Promise<OrderResult> {
  const { orderId, venueFillId, quantity, price } = parseInput(executeOrderSchema, input);
  const order = await context.orders.getOrder(orderId);
  assertAtVenue(order);
  const fill = {
    venueFillId,
    quantityMinor: parseDecimal(quantity, order.quantityScale, 'quantity'),
    priceMinor: parseDecimal(price, order.priceScale, 'price'),
  };

  return await context.accountQueue.run(order.owner, () => fillAtVenue(context, order, fill));
}

async function fillAtVenue(context: OrderFlowContext, order: Order, fill: VenueFill): Promise<OrderResult> {
  let current = order;

  for (let attempt = 1; attempt <= attemptsAtMost; attempt += 1) {
    if (isKnown(current, fill)) return { order: current, replayed: true };
    assertFillable(current, fill);

    const step = await fillStep(context, current, { fill, triggers: {} });
    const { transactionId } = step.to.fills.at(-1) ?? {};
    const taken = await unlessExitChanged(context, current, () =>
      takeStep(context, 'executeOrder', { from: current, step, triggers: {} }),
    );
    // Our payment on it means that this call filled it, even if another write has changed the order since.
    const isOurs = taken.done || taken.order.fills.some((each) => each.transactionId === transactionId);
    if (isOurs) return { order: taken.order, replayed: false };
    current = taken.order;
  }
  throw new sharedErrors.ContentionError({ attempts: attemptsAtMost });
}

/** Where the exit that a fill raises has changed in the meantime, the whole write is refused: it is derived anew from both. */
async function unlessExitChanged(
  { orders }: OrderFlowContext,
  { orderId, exitTerms }: Order,
  take: () => Promise<StepOutcome>,
): Promise<StepOutcome> {
  try {
    return await take();
  } catch (error) {
    if (exitTerms === undefined || !sharedErrors.ContentionError.is(error)) throw error;

    return { order: await orders.getOrder(orderId), done: false };
  }
}

/** Whether the fill was booked before. @throws {@link sharedErrors.IdempotencyKeyReusedError} when its id was, with other figures. */
function isKnown({ fills }: Order, { venueFillId, priceMinor, quantityMinor }: VenueFill): boolean {
  const known = fills.find((each) => each.venueFillId === venueFillId);
  if (!known) return false;
  if (known.priceMinor !== priceMinor || known.quantityMinor !== quantityMinor)
    throw new sharedErrors.IdempotencyKeyReusedError({});

  return true;
}

/** Refuses a fill that the order does not cover. @throws the DomainError that says why. */
function assertFillable(order: Order, fill: VenueFill): void {
  const { fills, maxFills = 1, quantityScale, priceScale, currencyScale, assetId } = order;
  const remainingMinor = fillableQuantity(order, fill.priceMinor);
  const { limitMinor, isBeyond } = boundOf(order, fill.priceMinor);
  assertOpen(order);

  if (fill.quantityMinor > remainingMinor) {
    const quantity = formatDecimal(fill.quantityMinor, quantityScale);
    const remaining = formatDecimal(remainingMinor, quantityScale);
    throw new orderErrors.FillExceedsOrderError({ quantity, remaining });
  }
  if (isBeyond) {
    const price = formatDecimal(fill.priceMinor, priceScale);
    throw new inventoryErrors.PriceLimitError({ assetId, price, limit: formatDecimal(limitMinor, priceScale) });
  }
  if (fills.length + 1 >= maxFills && fill.quantityMinor < remainingMinor)
    throw new orderErrors.TooManyFillsError({ maxFills });

  const { notionalMinor, receivedMinor } = amountsOfFill(order, fill);
  if (receivedMinor <= 0n) {
    const [notional, minimum] = [formatDecimal(notionalMinor, currencyScale), formatDecimal(1n, currencyScale)];
    throw new inventoryErrors.NotionalTooSmallError({ assetId, notional, minimum });
  }
}

/** What a buy may pay at most, its hold price; what a sell with a limit, or a market sell with a minimum, must receive at least. */
function boundOf(order: Order, priceMinor: bigint): { readonly limitMinor: bigint; readonly isBeyond: boolean } {
  const { orderType, holdPriceMinor = 0n } = order;
  if (sideOf(orderType) === 'BUY') return { limitMinor: holdPriceMinor, isBeyond: priceMinor > holdPriceMinor };
  const limitMinor = leastOf(order) ?? 0n;

  return { limitMinor, isBeyond: priceMinor < limitMinor };
}

/** Of an OCO the lower limit of its two sides, where both have one. */
function leastOf({ orderType, limitPriceMinor, stopLimitPriceMinor, minPriceMinor }: Order): bigint | undefined {
  if (!isOco(orderType) || limitPriceMinor === undefined) return limitPriceMinor ?? minPriceMinor;
  if (stopLimitPriceMinor === undefined) return undefined;

  return limitPriceMinor < stopLimitPriceMinor ? limitPriceMinor : stopLimitPriceMinor;
}
