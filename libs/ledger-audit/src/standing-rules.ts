import {
  holdPriceOf,
  isLimit,
  isOco,
  isOpen,
  isStanding,
  isTakeProfit,
  isTerminal,
  needOf,
  sideOf,
  sinceOf,
  type Order,
  type OrderFill,
  type StandingOrder,
} from '@cnop/entities-order';
import { clocksApartMs } from './item-findings.ts';
import type { LedgerRuleName } from './ledger-rules.ts';
import type { OrderProblem, OrderRule } from './order-rule.ts';

/** What an order that waits for a price, or that a venue executes, must be by itself. */
export const standingRules: Partial<Record<LedgerRuleName, OrderRule>> = {
  'order-hold-differs-from-need': holdProblem,
  'venue-fill-twice': ({ fills }) => {
    const ids = fills.flatMap(({ venueFillId }) => (venueFillId === undefined ? [] : [venueFillId]));
    const found = ids.find((id, index) => ids.indexOf(id) !== index);

    return found === undefined ? undefined : { found };
  },
  'exits-differ-from-fills': ({ exitTerms, exits = [], fills }) => {
    if (!exitTerms && exits.length === 0) return undefined;
    const [expected, found] = [quantityOf(fills), quantityOf(exits)];

    return expected === found ? undefined : { expected, found };
  },
  'ended-at-differs': ({ endedAt, ...order }) => {
    const found = `${order.status}, endedAt ${endedAt ?? 'absent'}`;
    if (!isTerminal(order.status)) return endedAt === undefined ? undefined : { expected: 'no endedAt', found };

    // An order that never waited may be older than the attribute.
    return endedAt === undefined && isJudged(order) ? { expected: 'an endedAt', found } : undefined;
  },
  'fill-outside-terms': (order) =>
    isStanding(order)
      ? order.fills.map((fill) => fillProblem(order, fill)).find((problem) => problem !== undefined)
      : undefined,
};

const quantityOf = (parts: readonly { readonly quantityMinor: bigint }[]): bigint =>
  parts.reduce((sum, { quantityMinor }) => sum + quantityMinor, 0n);

/** Whether it is one of those that came with standing orders; those that were stored before have fewer attributes. */
const isJudged = (order: Pick<Order, 'activeAsOf' | 'expiresAt' | 'execution'>): boolean =>
  order.execution === 'VENUE' || (order.activeAsOf !== undefined && order.expiresAt !== undefined);

function holdProblem(order: Order): OrderProblem | undefined {
  if (!isOpen(order.status) || !isJudged(order)) return undefined;
  const found = order.heldMinor;

  try {
    const expected = needOf(order);
    return expected === found ? undefined : { expected, found };
  } catch (error) {
    return { expected: (error as Error).message, found };
  }
}

/** A fill is at no worse price than the order permits, and one of a tick is of one between the order's beginning and its expiry. */
function fillProblem(order: StandingOrder, fill: OrderFill): OrderProblem | undefined {
  const { transactionId, tickAsOf, priceMinor } = fill;
  const since = sinceOf(order);
  if (tickAsOf !== undefined && (tickAsOf <= since || tickAsOf >= order.expiresAt))
    return { transactionId, expected: `a tick after ${since} and before ${order.expiresAt}`, found: tickAsOf };

  const bound = wasMadeOnOtherTerms(order, fill) ? undefined : boundOf(order);
  if (bound === undefined) return undefined;
  const isBuy = sideOf(order.orderType) === 'BUY';
  const isWorse = isBuy ? priceMinor > bound : priceMinor < bound;

  return isWorse
    ? { transactionId, expected: `at ${isBuy ? 'most' : 'least'} ${bound.toString()}`, found: priceMinor }
    : undefined;
}

/** What a venue fills before an amendment is judged by terms that are gone; its clock need not be that of who amended. */
const wasMadeOnOtherTerms = ({ repricedAt }: Order, { venueFillId, executedAt }: OrderFill): boolean =>
  venueFillId !== undefined &&
  repricedAt !== undefined &&
  Date.parse(executedAt) <= Date.parse(repricedAt) + clocksApartMs;

/** The worst price at which an order can be filled, whichever of its sides does it; `undefined` where there is none. */
function boundOf(order: StandingOrder): bigint | undefined {
  const { orderType, execution, limitPriceMinor, stopPriceMinor, stopLimitPriceMinor } = order;
  if (sideOf(orderType) === 'BUY') return hasHoldPrice(order) ? holdPriceOf(order) : undefined;
  if (isLimit(orderType)) return limitPriceMinor;
  // What a venue makes of a trigger is for it to say; a limit is not.
  if (isTakeProfit(orderType)) return execution === 'VENUE' ? undefined : stopPriceMinor;
  if (!isOco(orderType) || limitPriceMinor === undefined || stopLimitPriceMinor === undefined)
    return isOco(orderType) ? undefined : limitPriceMinor;

  return limitPriceMinor < stopLimitPriceMinor ? limitPriceMinor : stopLimitPriceMinor;
}

/** A buy without it cannot hold what it needs, which is another finding. */
function hasHoldPrice(order: StandingOrder): boolean {
  try {
    return holdPriceOf(order) > 0n;
  } catch {
    return false;
  }
}
