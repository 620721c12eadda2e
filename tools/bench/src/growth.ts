import { getOrderDao } from '@cnop/dao-order';
import { meterRequests } from '@cnop/database-core';
import { createOrderFlow } from '@cnop/flow-order';
import { warmPrice } from './contenders/cnop.ts';
import { createTrades, market } from './market.ts';
import type { Figure } from './report.ts';
import { median, significant } from './statistics.ts';
import { openStore, storedOrderId, storeOrders, type Store } from './store.ts';

/** How many orders are stored, from few to many, and how often each operation is measured. */
export interface GrowthOptions {
  readonly sizes: readonly number[];
  readonly calls: number;
}

interface Cost {
  readonly milliseconds: number;
  readonly requests: number;
}

/** Time and requests of each operation as the store grows, against those with the fewest orders stored. */
export async function measureGrowth({ sizes, calls }: GrowthOptions): Promise<Figure[]> {
  const store = await openStore('embedded');
  const figures: Figure[] = [];
  const first = new Map<string, Cost>();
  let stored = 0;

  try {
    for (const size of sizes) {
      await storeOrders(store, stored, size);
      stored = size;

      for (const [name, operation] of Object.entries(operationsOf(store))) {
        const cost = await measure(store, operation, calls);
        const base = first.get(name) ?? cost;
        first.set(name, base);
        figures.push({
          part: 'growth',
          name: `time of ${name}, ${size} orders stored`,
          contender: 'cnop',
          ratio: significant(cost.milliseconds / base.milliseconds),
          values: { milliseconds: significant(cost.milliseconds), requests: significant(cost.requests) },
        });
        if (size === sizes.at(-1)) {
          figures.push({
            part: 'growth',
            name: `requests of ${name}`,
            contender: 'cnop',
            ratio: significant(cost.requests / base.requests),
            values: { requests: significant(cost.requests) },
          });
        }
      }
    }
    return figures;
  } finally {
    await store.stop();
  }
}

const nextTrade = createTrades();

function operationsOf({ database }: Store): Record<string, () => Promise<unknown>> {
  const orders = getOrderDao(database);
  const flow = createOrderFlow({ database, priceSource: warmPrice });
  const { owner, assetId, quantity } = market;

  return {
    'one order': () => orders.getOrder(storedOrderId(0)),
    'a page of orders': () => orders.getOrdersByUser({ owner, limit: 50 }),
    'a market order': () =>
      flow.placeOrder({
        owner,
        order: { orderType: 'MARKET_BUY', assetId, quantity, clientOrderId: nextTrade().clientOrderId },
      }),
  };
}

async function measure({ database }: Store, operation: () => Promise<unknown>, calls: number): Promise<Cost> {
  for (let call = 0; call < calls; call += 1) await operation();
  const milliseconds: number[] = [];
  const meter = meterRequests(database);

  for (let call = 0; call < calls; call += 1) {
    const start = performance.now();
    await operation();
    milliseconds.push(performance.now() - start);
  }
  meter.stop();

  return { milliseconds: median(milliseconds), requests: meter.requests.length / calls };
}
