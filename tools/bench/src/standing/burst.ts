import type { Figure } from '../report.ts';
import { openExchange } from './exchange.ts';
import { openOrderId, storeOpenOrders } from './stored-orders.ts';
import { createThrottledIndex } from './throttled-index.ts';
import { createVirtualTime } from './virtual-time.ts';

/** How many orders one tick makes due. */
export interface BurstOptions {
  readonly orders: number;
  readonly owners: number;
  readonly triggerShards: number;
  /** Write units that a partition of an index takes in a second. */
  readonly unitsPerSecond: number;
}

/** What became of a burst. */
export interface Burst {
  /** Seconds from the tick to the last fill, by a clock that goes on only where an engine waits. */
  readonly seconds: number;
  /** Orders that were filled at the price of the tick. */
  readonly filledAtTick: number;
  /** Writes that were throttled. */
  readonly throttled: number;
}

/** Orders of the same hour expire in the same partition: these were placed over two days. */
const hoursOfPlacing = 48;
const hourMs = 3_600_000;
/** What a signal or a poll takes at most to call the engine again. */
const pollMs = 1_000;

/** Makes many orders due at one tick, and lets an engine fill them against an index that throttles. */
export async function measureBurst({ orders, owners, triggerShards, unitsPerSecond }: BurstOptions): Promise<Burst> {
  const exchange = await openExchange();
  const { clock } = exchange;

  try {
    await exchange.list('GLDX', '50', { triggerShards, triggerReadShards: triggerShards });
    const items = await storeOpenOrders(exchange, {
      assetId: 'GLDX',
      count: orders,
      owners,
      triggerShards,
      terms: { orderType: 'LIMIT_BUY', limitPrice: '49' },
      change: (index) => ({
        limitPriceMinor: 48_000n + BigInt(index % 1_000),
        expiresAt: new Date(clock.now().getTime() + (1_000 + (index % hoursOfPlacing)) * hourMs).toISOString(),
      }),
    });
    await exchange.tick('GLDX', '40');
    const time = createVirtualTime(clock);
    const index = createThrottledIndex(items, { clock, time, unitsPerSecond });
    const database = exchange.connect({ requestHandler: index.requestHandler, sleep: time.sleep });
    let left = orders;
    const engine = exchange.engine({
      database,
      observer: { executed: () => (left -= 1) },
    });
    const start = clock.now().getTime();

    await engine.workTicks('GLDX');
    while (left > 0) {
      await time.sleep(pollMs);
      await engine.workTicks('GLDX');
    }
    const seconds = (clock.now().getTime() - start) / 1_000;
    return { seconds, filledAtTick: await countFilled(exchange, orders), throttled: index.throttled() };
  } finally {
    await exchange.stop();
  }
}

async function countFilled({ orders: dao }: Awaited<ReturnType<typeof openExchange>>, count: number): Promise<number> {
  let filled = 0;

  for (let from = 0; from < count; from += 100) {
    const ids = Array.from({ length: Math.min(100, count - from) }, (_, index) => openOrderId(from + index));
    for (const { status, fills } of await dao.getOrdersByIds(ids))
      if (status === 'COMPLETED' && fills.length === 1 && fills[0]?.priceMinor === 40_000n) filled += 1;
  }
  return filled;
}

/** The same burst with triggers in one part and in several. */
export async function measureBursts(
  burst: Omit<BurstOptions, 'triggerShards'>,
  shards: readonly number[],
): Promise<Figure[]> {
  const figures: Figure[] = [];

  for (const triggerShards of shards) {
    const values = await measureBurst({ ...burst, triggerShards });
    const part = triggerShards === 1 ? 'one part' : `${triggerShards} parts`;
    const name = `${burst.orders} due, triggers in ${part}, ${burst.unitsPerSecond} units a second each`;
    figures.push({ part: 'standing-burst', name, contender: 'cnop', values: { ...values } });
  }
  return figures;
}
