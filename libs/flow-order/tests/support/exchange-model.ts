import {
  boughtFor,
  capFor,
  feeFor,
  filledOf,
  holdOf,
  isOver,
  moneyFor,
  reactionOf,
  stopNow,
  type ModelFill,
  type ModelOrder,
} from './order-model.ts';

/** A tick of the model. */
interface ModelTick {
  readonly price: bigint;
  readonly asOf: number;
  readonly outOfBand: boolean;
}

/** What an amendment of the model changes. */
export type ModelChange = Partial<Pick<ModelOrder, 'limit' | 'stop' | 'trail' | 'quantity' | 'expiresAt'>>;

/** How an order is made; what follows from the market is added when it is placed. */
export type ModelDraft = Omit<
  ModelOrder,
  'fills' | 'held' | 'status' | 'markAfter' | 'fireAfter' | 'venue' | 'maxFills'
>;

const maxPriceAgeMs = 60_000;
const graceMs = 130_000;
export const orderLifeMs = 90 * 86_400_000;

/**
 * One asset, its orders and what their owner has, by rules of its own that are applied at each event at once: a tick is worked off at
 * the moment of its acceptance, whatever the engines do.
 */
export class ExchangeModel {
  now: number;
  cash = { available: 10_000_000n, held: 0n };
  asset = { available: 1_000_000_000n, held: 0n };
  active = true;
  paused = false;
  reference = { price: 0n, asOf: 0 };
  newest: ModelTick = { price: 0n, asOf: 0, outOfBand: false };
  readonly orders: ModelOrder[] = [];
  readonly venue: { readonly maxFills: number } | undefined;
  readonly bandBps: bigint | undefined;

  constructor({ now, venue, bandBps }: { now: number; venue?: { maxFills: number }; bandBps?: bigint }) {
    this.now = now;
    this.venue = venue;
    this.bandBps = bandBps;
  }

  /** Time goes on. */
  pass(ms: number): void {
    this.now += ms;
    for (const order of this.orders)
      if (!isOver(order) && this.now >= order.expiresAt + (order.venue ? 0 : graceMs)) this.#expire(order);
  }

  tick(price: bigint, asOf: number): string | undefined {
    if (asOf <= this.newest.asOf)
      return asOf === this.newest.asOf && price === this.newest.price ? undefined : 'PRICE_OUTDATED';
    const near = this.newest.asOf === 0 || this.#isNear(price, this.reference.price);
    const confirms = this.newest.outOfBand && this.#isNear(price, this.newest.price);
    const executable = this.active && this.now - asOf <= maxPriceAgeMs && (near || confirms);
    this.newest = { price, asOf, outOfBand: !near && !executable };
    if (executable) this.reference = { price, asOf };

    for (const order of [...this.orders]) if (!isOver(order)) this.#seeTick(order, { price, asOf, executable });
    return undefined;
  }

  place(draft: ModelDraft, { isAtOnce = false } = {}): string | undefined {
    if (!this.active) return 'ASSET_INACTIVE';
    const stale = this.now - this.reference.asOf > maxPriceAgeMs;
    const trails = draft.trail !== undefined || draft.bps !== undefined;
    if (trails && stale) return 'PRICE_STALE';
    const order: ModelOrder = {
      ...draft,
      venue: this.venue !== undefined,
      maxFills: this.venue?.maxFills ?? 1,
      fills: [],
      held: 0n,
      status: 'QUEUED',
      markAfter: this.newest.asOf,
      fireAfter: Math.max(this.newest.asOf, this.now),
      ...(trails && { mark: this.reference.price }),
    };
    if (order.side === 'BUY' && (order.kind === 'STOP' || order.kind === 'OCO') && order.stopLimit === undefined)
      order.cap = capFor(stopNow(order));
    const would = order.venue ? undefined : reactionOf(order, this.reference.price);
    if (order.kind !== 'LIMIT' && would) return 'ORDER_WOULD_TRIGGER';
    const refusal = would
      ? this.newest.outOfBand
        ? 'PRICE_UNAVAILABLE'
        : stale
          ? 'PRICE_STALE'
          : undefined
      : 'ORDER_NOT_MARKETABLE';
    if (isAtOnce && refusal) return refusal;

    if (order.notional !== undefined) order.quantity = boughtFor(order.notional, order.limit ?? 0n);
    this.orders.push(order);
    if (order.kind === 'LIMIT' && would && !refusal)
      this.#execute(order, this.reference.price, `${this.reference.asOf}`);
    else this.#settleHold(order);
    return undefined;
  }

  cancel(order: ModelOrder): string | undefined {
    if (order.status === 'CANCELLED') return undefined;
    if (isOver(order)) return 'ORDER_NOT_CANCELLABLE';
    if (order.venue) {
      order.ending ??= this.#isPast(order) ? 'EXPIRED' : 'CANCELLED';
      return undefined;
    }
    if (this.#isPast(order)) {
      this.#expire(order);
      return 'ORDER_NOT_CANCELLABLE';
    }
    this.#end(order, 'CANCELLED');
    return undefined;
  }

  amend(order: ModelOrder, change: ModelChange): string | undefined {
    if (isOver(order) || order.ending || this.#isPast(order)) return 'ORDER_NOT_AMENDABLE';
    if (change.quantity !== undefined && change.quantity <= filledOf(order)) return 'QUANTITY_BELOW_FILLED';
    const next = { ...order, ...change };
    const isPriced = next.limit !== order.limit || next.stop !== order.stop || next.trail !== order.trail;
    const isRepriced = isPriced || next.quantity > order.quantity;
    if (next.cap !== undefined && (next.stop !== order.stop || next.trail !== order.trail))
      next.cap = capFor(stopNow(next));
    if (next.venue && holdOf(next) < order.held) return 'ORDER_NOT_AMENDABLE';
    const isLimit = next.kind === 'LIMIT' || next.working !== undefined;
    const would = isRepriced && !next.venue && reactionOf(next, this.reference.price);
    if (would && !isLimit) return 'ORDER_WOULD_TRIGGER';

    Object.assign(order, next);
    if (isRepriced) {
      order.markAfter = this.newest.asOf;
      order.fireAfter = Math.max(this.newest.asOf, this.now);
    }
    this.#settleHold(order);
    const isFresh = this.now - this.reference.asOf <= maxPriceAgeMs && !this.newest.outOfBand;
    if (would && isFresh) this.#execute(order, this.reference.price, `${this.reference.asOf}`);
    return undefined;
  }

  /** A venue reports a fill. */
  report(order: ModelOrder, fill: { id: string; quantity: bigint; price: bigint }): string | undefined {
    const known = order.fills.find(({ by }) => by === fill.id);
    if (known)
      return known.quantity === fill.quantity && known.price === fill.price ? undefined : 'IDEMPOTENCY_KEY_REUSED';
    if (isOver(order)) return 'ORDER_NOT_OPEN';
    const left = order.quantity - filledOf(order);
    if (fill.quantity > left) return 'FILL_EXCEEDS_ORDER';
    if (fill.quantity < left && order.fills.length + 1 >= order.maxFills) return 'TOO_MANY_FILLS';
    this.#fill(order, { ...fill, by: fill.id });
    return undefined;
  }

  /** A venue has ended it. */
  confirm(order: ModelOrder): string | undefined {
    if (order.status === 'COMPLETED') return 'ORDER_NOT_OPEN';
    if (isOver(order)) return undefined;
    if (order.ending) this.#end(order, order.ending);
    else this.#end(order, 'FAILED', 'VENUE_REJECTED');
    return undefined;
  }

  #seeTick(order: ModelOrder, { price, asOf, executable }: { price: bigint; asOf: number; executable: boolean }): void {
    if (asOf >= order.expiresAt) {
      this.#expire(order);
      return;
    }
    if (!executable || order.venue || asOf <= order.markAfter) return;
    if (order.mark !== undefined && (order.side === 'SELL' ? price > order.mark : price < order.mark))
      order.mark = price;
    if (this.paused || asOf <= order.fireAfter) return;

    const reaction = reactionOf(order, price);
    if (reaction === 'work') order.working = this.#workingLimit(order);
    if (reaction === 'fail') this.#end(order, 'FAILED', 'COLLAR_EXCEEDED');
    if (reaction === 'fill') this.#execute(order, price, `${asOf}`);
  }

  #workingLimit({ kind, side, limit = 0n, stopLimit = 0n }: ModelOrder): bigint {
    if (kind !== 'OCO') return stopLimit;
    return (side === 'SELL') === limit < stopLimit ? limit : stopLimit;
  }

  #execute(order: ModelOrder, price: bigint, by: string): void {
    const quantity = order.notional === undefined ? order.quantity - filledOf(order) : boughtFor(order.notional, price);
    if (order.notional !== undefined) order.quantity = quantity;
    this.#fill(order, { price, quantity, by });
  }

  #fill(order: ModelOrder, { price, quantity, by }: Pick<ModelFill, 'price' | 'quantity' | 'by'>): void {
    const money = moneyFor(order.side, price, quantity);
    const fee = feeFor(money);
    const [paid, got] = order.side === 'BUY' ? [this.cash, this.asset] : [this.asset, this.cash];
    order.fills.push({ price, quantity, money, fee, by });
    order.status = filledOf(order) >= order.quantity ? 'COMPLETED' : 'PROCESSING';
    paid.available -= order.side === 'BUY' ? money + fee : quantity;
    got.available += order.side === 'BUY' ? quantity : money - fee;
    this.#settleHold(order);
    if (order.exits) this.#followWithExit(order, quantity, Number(by));
  }

  #followWithExit(entry: ModelOrder, quantity: bigint, tickAsOf: number): void {
    const { profit, stop } = entry.exits ?? { profit: 0n, stop: 0n };
    const made = this.orders.filter(({ parent }) => parent === entry.ref);
    const last = made.at(-1);
    const begins = entry.venue ? this.newest.asOf : tickAsOf;
    if (last && !isOver(last) && !last.ending) {
      last.quantity += quantity;
      this.#settleHold(last);
      return;
    }
    const exit: ModelOrder = {
      ...{ ref: `${entry.ref}/exit${made.length + 1}`, side: 'SELL', kind: 'OCO', parent: entry.ref },
      ...{ venue: entry.venue, maxFills: entry.maxFills, limit: profit, stop, quantity, fills: [], held: 0n },
      ...{ status: 'QUEUED', markAfter: begins, fireAfter: begins, expiresAt: begins + orderLifeMs },
    };
    this.orders.push(exit);
    this.#settleHold(exit);
  }

  #settleHold(order: ModelOrder): void {
    const balance = order.side === 'BUY' ? this.cash : this.asset;
    const held = holdOf(order);
    balance.available -= held - order.held;
    balance.held += held - order.held;
    order.held = held;
  }

  #end(order: ModelOrder, status: ModelOrder['status'], code?: string): void {
    order.status = status;
    if (code !== undefined) order.code = code;
    this.#settleHold(order);
  }

  #expire(order: ModelOrder): void {
    if (order.venue) order.ending ??= 'EXPIRED';
    else this.#end(order, 'EXPIRED');
  }

  #isPast({ expiresAt }: ModelOrder): boolean {
    return this.now >= expiresAt || this.newest.asOf >= expiresAt;
  }

  #isNear(price: bigint, from: bigint): boolean {
    const move = price > from ? price - from : from - price;
    return this.bandBps === undefined || move * 10_000n <= from * this.bandBps;
  }
}
