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
  const operations = Object.entries(operationsOf(store));
  const figures: Figure[] = [];
  const first = new Map<string, Cost>();
  const add = (name: string, ratio: number, values: Partial<Cost>) => {
    const rounded = Object.entries(values).map(([unit, value]) => [unit, significant(value)] as const);
    figures.push({
      part: 'growth',
      name,
      contender: 'cnop',
      ratio: significant(ratio),
      values: Object.fromEntries(rounded),
    });
  };

  try {
    for (const [index, size] of sizes.entries()) {
      await storeOrders(store, sizes[index - 1] ?? 0, size);

      for (const [name, operation] of operations) {
        const cost = await measure(store, operation, calls);
        const base = first.get(name) ?? cost;
        const { milliseconds, requests } = cost;
        first.set(name, base);
        add(`time of ${name}, ${size} orders stored`, milliseconds / base.milliseconds, cost);
        if (size === sizes.at(-1)) add(`requests of ${name}`, requests / base.requests, { requests });
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
