import type { RawItem } from '@cnop/database-core';
import { isScaleOf } from '@cnop/entities-ledger';
import {
  filledQuantityOf,
  feeBpsSchema,
  feeOf,
  isOpen,
  isStanding,
  isTerminal,
  type Order,
  orderIdFor,
  OrderStatus,
  sideOf,
} from '@cnop/entities-order';
import { brokenInvariant, type BrokenInvariant } from './broken-invariant.ts';
import { namesInOrder, namesProblem, timesProblem } from './item-findings.ts';
import type { LedgerRuleName } from './ledger-rules.ts';
import { namedTransactions, type NamedTransaction } from './named-transactions.ts';
import { type Stored } from './reading.ts';
import { standingRules } from './standing-rules.ts';
import type { OrderRule } from './order-rule.ts';

const unexecuted: ReadonlySet<OrderStatus> = new Set([OrderStatus.PENDING, OrderStatus.CONFIRMED, OrderStatus.QUEUED]);

/** What one order by itself must be; each gives what is wrong, or nothing. */
const orderRules: Partial<Record<LedgerRuleName, OrderRule>> = {
  'order-held-negative': ({ heldMinor }) => (heldMinor < 0n ? { found: heldMinor } : undefined),
  'terminal-order-holds': ({ status, heldMinor }) =>
    isTerminal(status) && heldMinor > 0n ? { expected: 0n, found: heldMinor } : undefined,
  'unopened-order-holds': ({ status, heldMinor }) =>
    !isTerminal(status) && !isOpen(status) && heldMinor > 0n ? { expected: 0n, found: heldMinor } : undefined,
  'completed-order-without-fills': ({ status, fills }) =>
    status === OrderStatus.COMPLETED && fills.length === 0 ? {} : undefined,
  'unexecuted-order-with-fills': ({ status, fills }) =>
    unexecuted.has(status) && fills.length > 0 ? { found: status } : undefined,
  'fills-differ-from-quantity': fillsProblem,
  'refund-of-uncompleted-order': ({ status, fills, refundTransactionId }) =>
    refundTransactionId === undefined || (isTerminal(status) && fills.length > 0)
      ? undefined
      : { expected: 'an order that is over, with fills', found: `${status}, ${fills.length} fills` },
  'fee-differs-from-rate': feeProblem,
  'fill-beyond-price': priceProblem,
  'order-id-not-derived': ({ orderId, owner, clientOrderId }) => {
    const expected = clientOrderId === undefined ? orderId : orderIdFor(owner, clientOrderId);

    return orderId === expected ? undefined : { expected, found: orderId };
  },
  'currency-scale-wrong': ({ currency, currencyScale }) =>
    isScaleOf(currency, currencyScale) ? undefined : { found: `${currency} at scale ${currencyScale}` },
  'name-malformed': (order) => {
    const found = namesProblem(namesInOrder(order));

    return found === undefined ? undefined : { found };
  },
  'updated-before-created': timesProblem,
  'order-names-entry-twice': (order) => {
    const named = namedTransactions(order);
    const twice = named.find((name, index) => named.findIndex((other) => isSame(name, other)) !== index);

    return twice && { found: twice.transactionId };
  },
};

/** An entry that is named as what it is not is another finding. */
const isSame = (name: NamedTransaction, other: NamedTransaction): boolean =>
  name.transactionId === other.transactionId && name.transactionType === other.transactionType;

/** A completed order is executed in full, a partly executed one is not, and no order is executed beyond its quantity. */
function fillsProblem({ status, fills, quantityMinor }: Order): ReturnType<OrderRule> {
  const found = filledQuantityOf(fills);
  if (fills.length === 0 || unexecuted.has(status)) return undefined;

  if (status === OrderStatus.COMPLETED) return found === quantityMinor ? undefined : { expected: quantityMinor, found };
  return found < quantityMinor ? undefined : { expected: `less than ${quantityMinor.toString()}`, found };
}

/** Each fill has the fee that the rate of its order makes of its notional. */
function feeProblem({ feeBps = 0, fills }: Order): ReturnType<OrderRule> {
  if (!feeBpsSchema.safeParse(feeBps).success) return { expected: 'a rate from 0 to 1000', found: String(feeBps) };

  return fills
    .map(({ notionalMinor, feeMinor = 0n }) => ({ expected: feeOf(notionalMinor, feeBps), found: feeMinor }))
    .find(({ expected, found }) => expected !== found);
}

/**
 * A buyer pays at most the maximum and the limit price, a seller gets at least the minimum and the limit price. An order that waited for
 * its price has a rule of its own.
 */
function priceProblem(order: Order): ReturnType<OrderRule> {
  if (isStanding(order)) return undefined;
  const { orderType, fills, maxPriceMinor, minPriceMinor, limitPriceMinor } = order;
  const limits = orderType.startsWith('LIMIT_') && limitPriceMinor !== undefined ? [limitPriceMinor] : [];
  const isBuy = sideOf(orderType) === 'BUY';
  const bounds = [...limits, ...[isBuy ? maxPriceMinor : minPriceMinor].filter((price) => price !== undefined)];
  const prices = fills.map(({ priceMinor }) => priceMinor);
  const isWorse = (price: bigint, bound: bigint) => (isBuy ? price > bound : price < bound);
  const broken = bounds.find((bound) => prices.some((price) => isWorse(price, bound)));
  if (broken === undefined) return undefined;

  return {
    expected: `at ${isBuy ? 'most' : 'least'} ${broken.toString()}`,
    found: String(prices.find((price) => isWorse(price, broken))),
  };
}

/** What is wrong with an order by itself, whatever its entries say. */
export function orderFindings({ value: order, raw }: Stored<Order>): BrokenInvariant[] {
  return Object.entries({ ...orderRules, ...standingRules }).flatMap(([rule, check]) => {
    const wrong = check(order);
    return wrong ? [orderFinding(rule as LedgerRuleName, order, { ...wrong, items: [raw] })] : [];
  });
}

/** A finding about an order. */
export function orderFinding(
  rule: LedgerRuleName,
  { orderId, owner }: Order,
  evidence: {
    readonly items: readonly (RawItem | undefined)[];
    readonly transactionId?: string;
    readonly expected?: string | bigint;
    readonly found?: string | bigint;
  },
): BrokenInvariant {
  return brokenInvariant(rule, { orderId, owner, ...evidence });
}
