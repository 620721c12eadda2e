import { executeWrite } from '@cnop/database-core';
import { orderRequestHash, requestFieldsOf, type Order } from '@cnop/entities-order';
import { fromOrderItem } from '@cnop/entities-order/table';
import { withoutUndefined } from '@cnop/utils';
import { paymentEntry, settlementActions } from '../market/settlement.ts';
import type { OrderFlowContext, OrderResult } from '../order-flow-context.ts';
import { withOrderId } from '../placement.ts';
import { exitPart } from './bracket.ts';
import { amountsOfFill, fillableQuantity } from './fill-amounts.ts';
import type { StandingPlacement, StandingRequest } from './prepare-standing.ts';

/**
 * Executes a limit order that the reference price meets, at that price, as the market order it is: born COMPLETED, with no hold, in one
 * write of four items; six where it has exits.
 */
export async function executeAtOnce(
  context: OrderFlowContext,
  request: StandingRequest,
  { draft, asset }: StandingPlacement,
): Promise<OrderResult> {
  const { database, orders, clock, ids } = context;
  const { owner, orderId, clientOrderId } = withOrderId(request, ids);
  const at = clock.now().toISOString();
  const transactionId = ids.ulid();
  const born = bornCompleted({ owner, orderId, clientOrderId }, { draft, asset }, { transactionId, at });
  const [fill] = born.fills;
  if (!fill) throw new Error('An order that is executed at once has a fill.');
  const exit =
    born.exitTerms && (await exitPart(context, born, { ...fill, tickAsOf: asset.executableAsOf, at, triggers: asset }));
  const order = exit ? { ...born, exits: exit.exits } : born;
  const settlement = settlementActions(context, paymentEntry(order, fill));

  const { item } = await executeWrite(database, {
    operation: 'placeOrder',
    reference: { orderId },
    guard: orders.placeOrderGuard(order, {
      requestHash: orderRequestHash(owner, { ...requestFieldsOf(request.order), ...draft.terms }),
      writeId: ids.ulid(),
      clientNamed: clientOrderId !== undefined,
    }),
    // With exits the credit of the asset, which comes last, goes straight into their hold.
    actions: exit ? [...settlement.slice(0, -1), ...exit.actions] : settlement,
  });
  if (!item) return { order, replayed: false };

  const stored = fromOrderItem(item);
  return { order: stored, replayed: !stored.fills.some((each) => each.transactionId === transactionId) };
}

function bornCompleted(
  { owner, orderId, clientOrderId }: Pick<Order, 'owner' | 'orderId' | 'clientOrderId'>,
  { draft, asset }: Pick<StandingPlacement, 'draft' | 'asset'>,
  { transactionId, at }: { readonly transactionId: string; readonly at: string },
): Order {
  const { order } = draft;
  const priceMinor = asset.executablePriceMinor;
  const quantityMinor = fillableQuantity(order, priceMinor);
  const { notionalMinor, feeMinor } = amountsOfFill(order, { priceMinor, quantityMinor });
  const fee = feeMinor > 0n ? { feeMinor } : undefined;

  return withoutUndefined<Order>({
    ...order,
    orderId,
    owner,
    clientOrderId,
    status: 'COMPLETED',
    quantityMinor,
    // It never waited: nothing by which a waiting order is found or judged.
    expiresAt: undefined,
    activeAsOf: undefined,
    holdPriceMinor: undefined,
    priceAsOf: asset.executableAsOf,
    priceSource: asset.executableSource,
    fills: [{ transactionId, priceMinor, quantityMinor, notionalMinor, ...fee, executedAt: at }],
    heldMinor: 0n,
    createdAt: at,
    updatedAt: at,
    endedAt: at,
  });
}
