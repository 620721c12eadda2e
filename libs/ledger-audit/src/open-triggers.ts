import {
  isOpen,
  isStanding,
  triggerKeysOf,
  type Order,
  type StandingOrder,
  type TriggerTick,
} from '@cnop/entities-order';

/** What decides when an open order is due and when it is over. */
const watchedNames = [
  'orderId',
  'orderType',
  'assetId',
  'createdAt',
  'limitPriceMinor',
  'maxPriceMinor',
  'stopPriceMinor',
  'stopLimitPriceMinor',
  'trailAmountMinor',
  'trailBps',
  'watermarkMinor',
  'repricedAt',
  'triggeredAt',
  'parentOrderId',
  'activeAsOf',
  'expiresAt',
] as const satisfies readonly (keyof StandingOrder)[];

/** An open order that the platform executes, with what ticks decide on. */
export type WatchedOrder = Pick<StandingOrder, (typeof watchedNames)[number]>;

/** The open orders that ticks decide on, by asset. Grows with them and with nothing else. */
export interface OpenTriggers {
  /** Notes an order, if it is one of those that are looked at. */
  add(order: Order): void;
  /** The assets whose orders have not been taken. */
  assetIds(): string[];
  /** The orders of an asset, which are given out once. */
  take(assetId: string): readonly WatchedOrder[];
}

/** Which open orders are noted. */
export interface OpenTriggersOptions {
  readonly isOverdue: (order: WatchedOrder) => boolean;
  /** Those too that are not overdue: each is judged by the log. */
  readonly all: boolean;
}

/** An empty collection. */
export function createOpenTriggers({ isOverdue, all }: OpenTriggersOptions): OpenTriggers {
  const byAsset = new Map<string, WatchedOrder[]>();

  return {
    add: (order) => {
      const watched = watchedOrder(order);
      if (!watched || !(all || isOverdue(watched))) return;
      const orders = byAsset.get(order.assetId);

      if (orders) orders.push(watched);
      else byAsset.set(order.assetId, [watched]);
    },
    assetIds: () => [...byAsset.keys()],
    take: (assetId) => {
      const orders = byAsset.get(assetId) ?? [];
      byAsset.delete(assetId);
      return orders;
    },
  };
}

/** The order, if ticks decide on it: it is open, was not set aside, no venue executes it, and its terms are some. */
export function watchedOrder(order: Order): WatchedOrder | undefined {
  const { status, execution, setAsideAt } = order;
  if (!isOpen(status) || !isStanding(order) || execution !== undefined || setAsideAt !== undefined) return undefined;

  try {
    triggerKeysOf(order, { trigger: 1, expiry: 1 });
  } catch {
    return undefined;
  }
  return Object.fromEntries(watchedNames.map((name) => [name, order[name]])) as WatchedOrder;
}

/** Whether the same ticks decide alike on both. */
export const hasSameTerms = (one: WatchedOrder, other: WatchedOrder): boolean =>
  watchedNames.every((name) => one[name] === other[name]);

/** Finds the first tick at which each of many orders is due, in one pass over the ticks. */
export interface TriggerWatch {
  /** The orders that the next tick makes due; ticks come in ascending `asOf`. */
  next(tick: TriggerTick): WatchedOrder[];
}
