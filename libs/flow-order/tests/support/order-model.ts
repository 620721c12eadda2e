/** An order as the model knows it. Prices and money are minor units, times are milliseconds. */
export interface ModelOrder {
  readonly ref: string;
  readonly side: 'BUY' | 'SELL';
  readonly kind: 'LIMIT' | 'STOP' | 'TARGET' | 'OCO';
  readonly venue: boolean;
  readonly maxFills: number;
  readonly parent?: string;
  readonly exits?: { readonly profit: bigint; readonly stop: bigint };
  limit?: bigint;
  stop?: bigint;
  stopLimit?: bigint;
  trail?: bigint;
  bps?: bigint;
  cap?: bigint;
  mark?: bigint;
  notional?: bigint;
  quantity: bigint;
  fills: ModelFill[];
  held: bigint;
  status: 'QUEUED' | 'PROCESSING' | 'COMPLETED' | 'CANCELLED' | 'EXPIRED' | 'FAILED';
  code?: string;
  ending?: 'CANCELLED' | 'EXPIRED';
  /** The limit at which it works since its stop was touched. */
  working?: bigint;
  /** No tick up to this moves its mark, and none up to `fireAfter` fires it. */
  markAfter: number;
  fireAfter: number;
  expiresAt: number;
}

/** A fill of the model. */
export interface ModelFill {
  readonly price: bigint;
  readonly quantity: bigint;
  readonly money: bigint;
  readonly fee: bigint;
  /** The tick or the report that made it. */
  readonly by: string;
}

export const feeBps = 25n;
const collarBps = 500n;

/** Money at prices of three decimals and quantities of six, in cents. */
const scale = 10n ** 7n;
const up = (amount: bigint, by: bigint) => (amount + by - 1n) / by;

export const feeFor = (money: bigint): bigint => up(money * feeBps, 10_000n);
export const moneyFor = (side: 'BUY' | 'SELL', price: bigint, quantity: bigint): bigint =>
  side === 'BUY' ? up(price * quantity, scale) : (price * quantity) / scale;
/** How much a notional buys, its fee included. */
export const boughtFor = (notional: bigint, price: bigint): bigint =>
  (((notional * 10_000n) / (10_000n + feeBps)) * scale) / price;

export const filledOf = ({ fills }: ModelOrder): bigint => fills.reduce((sum, { quantity }) => sum + quantity, 0n);
export const isOver = ({ status }: ModelOrder): boolean => status !== 'QUEUED' && status !== 'PROCESSING';

/** The dearest price that a buy may be filled at. */
export function dearestOf({ kind, limit = 0n, stop = 0n, stopLimit, cap }: ModelOrder): bigint {
  if (kind === 'LIMIT') return limit;
  if (kind === 'TARGET') return stop;
  const bound = stopLimit ?? cap ?? 0n;
  return kind === 'OCO' && limit > bound ? limit : bound;
}

/** What an order must hold: what is left of a sell; of a buy its cost and fee at the dearest price, and a cent a later fill for each. */
export function holdOf(order: ModelOrder): bigint {
  const left = order.quantity - filledOf(order);
  if (isOver(order) || left <= 0n) return 0n;
  if (order.side === 'SELL') return left;
  if (order.notional !== undefined) return order.notional;
  const later = BigInt(order.maxFills - 1 - order.fills.length);
  const cost = moneyFor('BUY', dearestOf(order), left) + later;

  return cost + feeFor(cost) + later;
}

/** The price of its stop as of now. */
export function stopNow({ side, stop, trail, bps, mark = 0n }: ModelOrder): bigint {
  if (trail !== undefined) return side === 'SELL' ? mark - trail : mark + trail;
  if (bps === undefined) return stop ?? 0n;
  return side === 'SELL' ? (mark * (10_000n - bps)) / 10_000n : up(mark * (10_000n + bps), 10_000n);
}

export const capFor = (trigger: bigint): bigint => up(trigger * (10_000n + collarBps), 10_000n);

/** What a price does to an order. */
export function reactionOf(order: ModelOrder, price: bigint): 'fill' | 'fail' | 'work' | undefined {
  const good = (bound: bigint) => (order.side === 'BUY' ? price <= bound : price >= bound);
  const bad = (bound: bigint) => (order.side === 'BUY' ? price >= bound : price <= bound);
  const when = (met: boolean) => (met ? 'fill' : undefined);

  if (order.working !== undefined) return when(good(order.working));
  if (order.kind === 'LIMIT') return when(good(order.limit ?? 0n));
  if (order.kind === 'TARGET') return when(good(order.stop ?? 0n));
  if (order.kind === 'OCO' && good(order.limit ?? 0n)) return 'fill';
  if (!bad(stopNow(order))) return undefined;
  if (order.stopLimit !== undefined) return good(order.stopLimit) ? 'fill' : 'work';
  return order.cap !== undefined && price > order.cap ? 'fail' : 'fill';
}
