import { isDomainError } from '@cnop/exceptions';
import type { Order } from '@cnop/entities-order';
import { setAside } from '../standing/set-aside.ts';
import type { EngineContext } from './engine-context.ts';

/** One piece of work on an order. */
export interface OrderWork {
  readonly order: Order;
  /** @returns the orders that it has moved, as they stand. */
  run(): Promise<readonly Order[]>;
}

/** Work that was not finished, by owner: it goes on at the next occasion, and later work of that owner waits for it. */
export interface Unfinished {
  /** Runs work side by side for several owners, one piece after another for each. */
  runAll(works: readonly OrderWork[]): Promise<void>;
  /** Goes on with what was not finished, side by side for several owners: the log says anew what is due. */
  retry(finish: (orderId: string) => Promise<Order>): Promise<void>;
  readonly size: number;
}

/** How often an execution fails for a reason that does not pass by itself before the order is set aside. */
const failuresAtMost = 3;

/** Makes an empty list. */
export function createUnfinished(context: EngineContext): Unfinished {
  const { observer, ownersAtOnce } = context;
  const owners = new Map<string, Map<string, number>>();

  const keep = (order: Order, failures: number) => {
    const orders = owners.get(order.owner) ?? new Map<string, number>();
    owners.set(order.owner, orders.set(order.orderId, failures));
  };
  const done = ({ owner, orderId }: Pick<Order, 'owner' | 'orderId'>) => {
    const orders = owners.get(owner);
    orders?.delete(orderId);
    if (orders?.size === 0) owners.delete(owner);
  };

  const attempt = async (work: OrderWork, failures: number) => {
    const { order } = work;

    try {
      (await work.run()).forEach((moved) => observer.executed?.({ assetId: moved.assetId, outcome: moved.status }));
      done(order);
    } catch (error) {
      if (passesByItself(error)) {
        keep(order, failures);
        return;
      }
      observer.failed?.({ orderId: order.orderId, assetId: order.assetId, error });
      if (failures + 1 < failuresAtMost) {
        keep(order, failures + 1);
        return;
      }
      await setAside(context, order, isDomainError(error) ? error.code : 'ERROR').then(
        () => {
          done(order);
          observer.setAside?.({ orderId: order.orderId, assetId: order.assetId });
        },
        () => {
          keep(order, failures);
        },
      );
    }
  };

  const runFor = async (works: readonly OrderWork[]) => {
    for (const work of works) {
      if (owners.has(work.order.owner)) keep(work.order, 0);
      else await attempt(work, 0);
    }
  };

  const retryFor = async (owner: string, finish: (orderId: string) => Promise<Order>) => {
    for (const [orderId, failures] of [...(owners.get(owner) ?? [])]) {
      const order = await context.orders.findOrder(orderId).catch(() => undefined);
      if (order) await attempt({ order, run: async () => [await finish(orderId)] }, failures);
      if (owners.get(owner)?.has(orderId)) break;
    }
  };

  const sideBySide = async <TWork>(works: readonly TWork[], run: (work: TWork) => Promise<void>) => {
    const left = [...works];
    const take = async (): Promise<void> => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) await run(next);
    };

    await Promise.all(Array.from({ length: Math.min(ownersAtOnce, left.length) }, take));
  };

  return {
    runAll: (works) => sideBySide(groupByOwner(works), runFor),
    retry: (finish) => sideBySide([...owners.keys()], (owner) => retryFor(owner, finish)),
    get size() {
      return owners.size;
    },
  };
}

/** Contention, throttling, an unknown outcome, a store out of reach: what may be repeated, and counts as no failure of the order. */
const passesByItself = (error: unknown): boolean => isDomainError(error) && error.retryable;

function groupByOwner(works: readonly OrderWork[]): (readonly OrderWork[])[] {
  const groups = new Map<string, OrderWork[]>();

  for (const work of works) {
    const group = groups.get(work.order.owner);
    if (group) group.push(work);
    else groups.set(work.order.owner, [work]);
  }
  return [...groups.values()];
}
