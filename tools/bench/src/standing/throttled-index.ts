import type { RawItem } from '@cnop/database-core';
import { cancelTransaction, createFaultInjector, type FaultPlan } from '@cnop/testing';
import type { ManualClock } from '@cnop/utils';
import type { VirtualTime } from './virtual-time.ts';

/** What each partition of an index takes, and who counts the time. */
export interface ThrottledIndexOptions {
  readonly clock: ManualClock;
  readonly time: VirtualTime;
  /** Write units that a partition takes in a second. */
  readonly unitsPerSecond: number;
}

/** The end of an order takes its entries out of these partitions: one unit, or two where its status is in the key. */
const partitionAttributes = { riseShard: 1, fallShard: 1, trailShard: 1, expiryShard: 1, owner: 2 };

/**
 * A request handler that throttles, as DynamoDB does and no emulator, a write that would take more out of a partition of an index than
 * it takes in a second. It knows the orders that it is told of, and that each of their writes ends one.
 */
export function createThrottledIndex(orders: readonly RawItem[], options: ThrottledIndexOptions) {
  const { clock, time, unitsPerSecond } = options;
  const partitions = new Map(orders.map((item) => [String(item['pk']), partitionsOf(item)]));
  const taken = new Map<string, number>();
  let second = -1;
  let throttled = 0;

  const plan: FaultPlan =
    () =>
    ({ target, body }) => {
      const order =
        target === 'TransactWriteItems' ? partitions.get(/ORDER#[0-9a-f-]+/.exec(body)?.[0] ?? '') : undefined;
      if (!order) return undefined;
      const now = Math.floor(clock.now().getTime() / 1_000);
      if (now !== second) taken.clear();
      second = now;

      const after = order.map(({ name, units }) => ({ name, units: (taken.get(name) ?? 0) + units }));
      if (after.some(({ units }) => units > unitsPerSecond)) {
        throttled += 1;
        return cancelTransaction('ThrottlingError', 'None', 'None', 'None');
      }
      for (const { name, units } of after) taken.set(name, units);
      return undefined;
    };
  const injector = createFaultInjector({ plan, keepCalls: 0, clock });

  return {
    requestHandler: {
      ...injector,
      handle: (...call: Parameters<typeof injector.handle>) => time.request(() => injector.handle(...call)),
    },
    /** Writes that were refused so far. */
    throttled: () => throttled,
  };
}

const partitionsOf = (item: RawItem) =>
  Object.entries(partitionAttributes).flatMap(([attribute, units]) => {
    const value = item[attribute];
    return typeof value === 'string' ? [{ name: `${attribute} ${value}`, units }] : [];
  });
