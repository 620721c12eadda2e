import { capturePostings } from '@cnop/entities-ledger';
import { filledQuantityOf, needOf, sideOf, type Order, type OrderFill } from '@cnop/entities-order';
import type { OrderFlowContext } from '../order-flow-context.ts';
import { exitPart } from './bracket.ts';
import { amountsOfFill, type FillRequest } from './fill-amounts.ts';
import { heldBalanceOf, nextVersion, orderEntry, type OrderStep, type SharedTriggers } from './order-step.ts';

/** A fill and what it needs to know. */
interface OrderFilling {
  readonly fill: FillRequest;
  /** The order as it is amended in the same step. Default: as it is stored. */
  readonly amended?: Order;
  /** The tick that exits begin at where the fill has none: it was made at the reference price. */
  readonly exitsFrom?: string;
  readonly triggers: SharedTriggers;
}

/**
 * The step that fills an open order out of what it holds: the fill pays from the hold what it costs, and what the rest of the order no
 * longer needs of it is returned at once. With the exits of a bracket they are placed or raised in the same write.
 *
 * @param from - as it is stored: it holds what is captured.
 */
export async function fillStep(
  context: OrderFlowContext,
  from: Order,
  { fill: request, amended: order = from, exitsFrom, triggers }: OrderFilling,
): Promise<OrderStep> {
  const { balances, clock, ids } = context;
  const at = clock.now().toISOString();
  const transactionId = ids.ulid();
  const side = sideOf(order.orderType);
  const { notionalMinor, feeMinor, paidMinor, receivedMinor } = amountsOfFill(order, request);
  const fee = feeMinor > 0n ? { feeMinor } : undefined;
  const to = filled(order, { ...request, transactionId, notionalMinor, ...fee, executedAt: at });
  const isOver = to.status === 'COMPLETED';
  const heldMinor = from.heldMinor - to.heldMinor;
  const { owner, currency, currencyScale, assetId, quantityScale, priceScale } = order;
  const entry = orderEntry(order, {
    transactionId,
    transactionType: 'ORDER_PAYMENT',
    postings: capturePostings({
      side,
      cash: { code: currency, amountMinor: notionalMinor, scale: currencyScale },
      feeMinor,
      asset: { code: assetId, amountMinor: request.quantityMinor, scale: quantityScale },
      heldMinor,
    }),
    fill: { priceMinor: request.priceMinor, priceScale, quantityMinor: request.quantityMinor, quantityScale, side },
    ...fee,
    at,
  });
  const received = side === 'BUY' ? { code: assetId, scale: quantityScale } : { code: currency, scale: currencyScale };
  const credit = { owner, ...received, amountMinor: receivedMinor, at };
  const capture = {
    ...heldBalanceOf(order),
    at,
    heldMinor,
    availableMinor: heldMinor - paidMinor,
    closesOrder: isOver,
  };
  const tickAsOf = request.tickAsOf ?? exitsFrom;
  const exit = order.exitTerms && (await exitPart(context, to, { ...request, tickAsOf, at, triggers }));

  return {
    to: exit ? { ...to, exits: exit.exits } : to,
    actions: [
      balances.putTransactionAction(entry),
      balances.captureAction(capture),
      ...(exit ? exit.actions : [balances.creditAction(credit)]),
    ],
  };
}

/** The order after one more fill. Of one by notional the fill says how much it was. */
function filled(order: Order, fill: OrderFill): Order {
  const fills = [...order.fills, fill];
  const quantityMinor = order.notionalMinor === undefined ? order.quantityMinor : fill.quantityMinor;
  const filledMinor = filledQuantityOf(fills);
  const isOver = filledMinor >= quantityMinor;
  const next = { ...nextVersion(order, fill.executedAt), quantityMinor, fills };

  return isOver
    ? { ...next, status: 'COMPLETED', heldMinor: 0n, endedAt: fill.executedAt }
    : { ...next, status: 'PROCESSING', heldMinor: needOf(next) };
}
