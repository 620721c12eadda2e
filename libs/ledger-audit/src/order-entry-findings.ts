import type { RawItem } from '@cnop/database-core';
import { type BalanceTransaction, Bucket, type Posting, refundPostings } from '@cnop/entities-ledger';
import { isOpen, type Order, type OrderFill, sideOf } from '@cnop/entities-order';
import type { BrokenInvariant } from './broken-invariant.ts';
import { orderFinding } from './order-findings.ts';
import { type NamedTransaction, namedTransactions } from './named-transactions.ts';
import { isStored, readEntry, type Stored } from './reading.ts';
import { heldCodeOf } from './audit-context.ts';

/** The journal entries that an order names, as stored, by their ids. */
export type NamedEntries = ReadonlyMap<string, RawItem>;

/**
 * What is wrong between an order and the journal entries that it names.
 *
 * Sums are compared only when every entry is there and is the order's; an entry that cannot be read is reported with its
 * partition and left out here.
 */
export function orderEntryFindings(order: Stored<Order>, entries: NamedEntries): BrokenInvariant[] {
  const named = namedTransactions(order.value);
  const missing = named.flatMap((name) => nameFindings(order, name, entries.get(name.transactionId)));
  if (missing.length > 0) return missing;

  const readings = [...entries.values()].map(readEntry);
  const found = readings.filter(isStored);
  if (found.length < readings.length) return [];

  return [...fillFindings(order, found), ...holdFindings(order, found), ...refundFindings(order, found)];
}

/** One name: the entry is there, is of this order and of the type it is named as, and has moved what it says. */
function nameFindings(
  { value: order, raw }: Stored<Order>,
  { transactionId, transactionType }: NamedTransaction,
  rawEntry: RawItem | undefined,
): BrokenInvariant[] {
  if (!rawEntry) return [orderFinding('order-names-missing-entry', order, { transactionId, items: [raw] })];

  const entry = readEntry(rawEntry);
  if (!isStored(entry)) return [];

  const { value } = entry;
  const items = [raw, rawEntry];
  if (value.orderId !== order.orderId) {
    const found = value.orderId ?? 'no order';
    return [orderFinding('order-names-foreign-entry', order, { transactionId, items, expected: order.orderId, found })];
  }
  if (value.transactionType !== transactionType) {
    const found = value.transactionType;
    return [
      orderFinding('order-names-entry-of-wrong-type', order, {
        transactionId,
        items,
        expected: transactionType,
        found,
      }),
    ];
  }
  return value.status === 'COMPLETED'
    ? []
    : [orderFinding('order-names-unsettled-entry', order, { transactionId, items, found: value.status })];
}

/** Each fill is what its payment says, number by number. */
function fillFindings({ value: order, raw }: Stored<Order>, entries: readonly Stored<BalanceTransaction>[]) {
  const byId = new Map(entries.map((entry) => [entry.value.transactionId, entry]));

  return order.fills.flatMap((fill) => {
    const payment = byId.get(fill.transactionId);
    const expected = payment && paymentText(payment.value, order);
    const found = fillText(order, fill);

    return expected === found
      ? []
      : [
          orderFinding('fill-differs-from-payment', order, {
            transactionId: fill.transactionId,
            items: [raw, payment?.raw],
            ...(expected !== undefined && { expected }),
            found,
          }),
        ];
  });
}

function fillText(order: Order, { priceMinor, quantityMinor, notionalMinor, feeMinor = 0n }: OrderFill): string {
  const { assetId, quantityScale, currency, currencyScale, priceScale, orderType } = order;

  return [
    sideOf(orderType),
    `quantity ${amountText(quantityMinor, quantityScale, assetId)}`,
    `price ${amountText(priceMinor, priceScale, currency)}`,
    `notional ${amountText(notionalMinor, currencyScale, currency)}`,
    ...feeText(feeMinor, currencyScale, currency),
  ].join(', ');
}

/** What the fill of an order has to be, going by its payment; the notional is what the cash moved by, without the fee. */
function paymentText({ fill, feeMinor = 0n, postings }: BalanceTransaction, { currency, assetId }: Order): string {
  const cash = postings.filter(({ code }) => code === currency);
  const asset = postings.filter(({ code }) => code === assetId);
  if (!fill) return 'a payment without a fill';

  const notional = fill.side === 'BUY' ? -sumOf(cash) - feeMinor : sumOf(cash) + feeMinor;
  return [
    fill.side,
    `quantity ${amountText(fill.quantityMinor, fill.quantityScale, asset[0] ? assetId : otherCode(postings, currency))}`,
    `price ${amountText(fill.priceMinor, fill.priceScale, currency)}`,
    `notional ${amountText(notional, cash[0]?.scale ?? 0, currency)}`,
    ...feeText(feeMinor, cash[0]?.scale ?? 0, currency),
  ].join(', ');
}

/** A fee of nothing is not told. */
const feeText = (feeMinor: bigint, scale: number, currency: string): string[] =>
  feeMinor === 0n ? [] : [`fee ${amountText(feeMinor, scale, currency)}`];

const otherCode = (postings: readonly Posting[], currency: string): string =>
  postings.find(({ code }) => code !== currency)?.code ?? 'nothing';

const amountText = (minor: bigint, scale: number, code: string): string => `${minor.toString()}e-${scale} ${code}`;

const sumOf = (postings: readonly Posting[]): bigint =>
  postings.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

/** Hold less captures less releases is what the order holds; nothing once it is over, and nothing of any other code. */
function holdFindings({ value: order, raw }: Stored<Order>, entries: readonly Stored<BalanceTransaction>[]) {
  const heldCode = heldCodeOf(order);
  const holding = entries.filter(({ value }) => value.postings.some(({ bucket }) => bucket === Bucket.HELD));
  const held = new Map([[heldCode, 0n]]);

  for (const { code, bucket, amountMinor } of holding.flatMap(({ value }) => value.postings)) {
    if (bucket === Bucket.HELD) held.set(code, (held.get(code) ?? 0n) + amountMinor);
  }
  return [...held].flatMap(([code, expected]) => {
    const found = code === heldCode && isOpen(order.status) ? order.heldMinor : 0n;
    const items = [raw, ...holding.map((entry) => entry.raw)];

    return expected === found
      ? []
      : [{ ...orderFinding('order-hold-differs', order, { items, expected, found }), code }];
  });
}

/** A refund negates what the payments moved, posting by posting, and returns their fees. */
function refundFindings({ value: order, raw }: Stored<Order>, entries: readonly Stored<BalanceTransaction>[]) {
  const refund = entries.find(({ value }) => value.transactionType === 'ORDER_REFUND');
  if (!refund) return [];

  const payments = entries.filter(({ value }) => value.transactionType === 'ORDER_PAYMENT');
  const fee = payments.reduce((sum, { value }) => sum + (value.feeMinor ?? 0n), 0n);
  const expected = negationText(payments.flatMap(({ value }) => value.postings)) + returnedText(fee);
  const found = postingsText(refund.value.postings) + returnedText(refund.value.feeMinor);
  const { transactionId } = refund.value;
  const items = [raw, refund.raw, ...payments.map((payment) => payment.raw)];

  return expected === found
    ? []
    : [orderFinding('refund-differs-from-payments', order, { transactionId, items, expected, found })];
}

function negationText(payments: readonly Posting[]): string {
  try {
    return postingsText(refundPostings(payments));
  } catch (error) {
    return (error as Error).message;
  }
}

const returnedText = (feeMinor = 0n): string => (feeMinor === 0n ? '' : `, fee ${feeMinor.toString()}`);

const postingsText = (postings: readonly Posting[]): string =>
  postings
    .map(({ code, bucket, amountMinor, scale }) => `${amountText(amountMinor, scale, code)} ${bucket}`)
    .sort()
    .join(', ');
