import { dueTick, fallUpTo, isTrail, riseUpTo, sinceOf, triggerKeysOf } from '@cnop/entities-order';
import type { TriggerWatch, WatchedOrder } from './open-triggers.ts';
import { createTrailWatch } from './trail-watch.ts';

/**
 * The watch over the orders of one asset, each of which is given out once. A tick costs a comparison with the nearest of all prices, and
 * one with each group of trails of one watermark; the orders are looked at only when one of them is reached.
 */
export function createTriggerWatch(orders: readonly WatchedOrder[]): TriggerWatch {
  const watches = [createPriceWatch(orders), createTrailWatch(orders.filter(isTrail))];
  const found = new Set<string>();

  return {
    next: (tick) => {
      const due = new Set(watches.flatMap((watch) => watch.next(tick)));
      const first = [...due].filter(({ orderId }) => !found.has(orderId));

      for (const { orderId } of first) found.add(orderId);
      return first;
    },
  };
}

/** An order whose turn may come, with the keys that tell at which price. */
interface Waiting {
  readonly order: WatchedOrder;
  readonly since: string;
  readonly riseSort: string | undefined;
  readonly fallSort: string | undefined;
}

/** After every key. */
const beyond = '~';

/** The watch over those prices that do not move. */
function createPriceWatch(orders: readonly WatchedOrder[]): TriggerWatch {
  const waiting = orders.map(waitingOf).sort((one, other) => other.since.localeCompare(one.since));
  let active: Waiting[] = [];
  let [nextRise, nextFall] = [beyond, beyond];

  const activate = (each: Waiting) => {
    const { riseSort = beyond, fallSort = beyond } = each;
    active.push(each);
    if (riseSort < nextRise) nextRise = riseSort;
    if (fallSort < nextFall) nextFall = fallSort;
  };

  return {
    next: (tick) => {
      for (let last = waiting.at(-1); last && last.since < tick.asOf; last = waiting.at(-1)) {
        activate(last);
        waiting.pop();
      }
      if (!tick.executable || tick.paused) return [];
      if (nextRise > riseUpTo(tick.priceMinor) && nextFall > fallUpTo(tick.priceMinor)) return [];

      const due = active.filter(({ order }) => dueTick(order, [tick]) !== undefined);
      const gone = new Set(due);
      const rest = active.filter((each) => !gone.has(each) && tick.asOf < each.order.expiresAt);
      [active, nextRise, nextFall] = [[], beyond, beyond];
      rest.forEach(activate);
      return due.map(({ order }) => order);
    },
  };
}

function waitingOf(order: WatchedOrder): Waiting {
  const { riseSort, fallSort } = triggerKeysOf(order, { trigger: 1, expiry: 1 });

  return { order, since: sinceOf(order), riseSort, fallSort };
}
