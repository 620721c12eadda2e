import { isOpen, sideOf, type Order } from '@cnop/entities-order';
import { formatDecimal } from '@cnop/utils';
import Table from 'cli-table3';
import type { StandingTrader, TrackedOrder } from './standing-trader.ts';

/** The standing orders as text: how many of each user's came to what, and each that a price triggered. */
export function printStandingOrders(traders: readonly StandingTrader[]): string {
  const triggered = traders.flatMap(({ strategy, tracked }) =>
    tracked.filter(({ order }) => isTriggered(order)).map((each) => rowOf(strategy.owner, each)),
  );

  return [
    ...traders.map(summaryOf),
    tableOf(['user', 'order', 'placed', 'terms', 'held', 'triggered', 'price', 'outcome'], triggered),
  ].join('\n');
}

function tableOf(head: readonly string[], rows: readonly string[][]): string {
  const table = new Table({
    head: [...head],
    colAligns: ['left', 'left', 'left', 'left', 'right', 'left', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows);
  return table.toString();
}

function summaryOf({ strategy: { owner, name, assetId }, tracked }: StandingTrader): string {
  const orders = tracked.map(({ order }) => order);
  const count = (status: Order['status']) => orders.filter((order) => order.status === status).length;
  const open = orders.filter(({ status }) => isOpen(status)).length;

  return (
    `${owner}, ${name} on ${assetId}: ${orders.length} orders, ${count('COMPLETED')} filled, ${count('FAILED')} failed, ` +
    `${count('EXPIRED')} expired, ${open} open`
  );
}

const isTriggered = ({ fills, status, triggeredAt }: Order): boolean =>
  fills.length > 0 || status === 'FAILED' || triggeredAt !== undefined;

function rowOf(owner: string, { order, heldMinor }: TrackedOrder): string[] {
  const { orderType, createdAt, priceScale, quantityScale, currencyScale, currency, assetId, fills, failureCode } =
    order;
  const [fill] = fills;
  const held =
    sideOf(orderType) === 'BUY'
      ? `${formatDecimal(heldMinor, currencyScale)} ${currency}`
      : `${formatDecimal(heldMinor, quantityScale)} ${assetId}`;
  const at = fill?.tickAsOf ?? order.triggeredAt ?? order.endedAt ?? '';

  return [
    owner,
    orderType,
    monthOf(createdAt),
    termsOf(order),
    held,
    monthOf(at),
    fill ? formatDecimal(fill.priceMinor, priceScale) : '',
    fill ? 'filled' : (failureCode ?? order.status.toLowerCase()),
  ];
}

const monthOf = (at: string): string => at.slice(0, 'yyyy-mm'.length);

/** The prices that an order waits for. */
function termsOf(order: Order): string {
  const price = (name: string, minor: bigint | undefined) =>
    minor === undefined ? [] : [`${name} ${formatDecimal(minor, order.priceScale)}`];
  const trail = order.trailBps === undefined ? [] : [`trail ${formatDecimal(BigInt(order.trailBps), 2)} %`];

  return [
    ...price('limit', order.limitPriceMinor),
    ...price('stop', order.stopPriceMinor),
    ...price('stop limit', order.stopLimitPriceMinor),
    ...trail,
  ].join(', ');
}
