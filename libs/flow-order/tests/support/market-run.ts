import { createOrderEngine, type OrderEngine } from '@cnop/flow-order/engine';
import { orderIdFor, type Order, type OrderCreate } from '@cnop/entities-order';
import { isDomainError } from '@cnop/exceptions';
import { crashAfter, crashBefore, everyCall, staleIndex } from '@cnop/testing';
import { firstPriceMinor, type MarketEvent } from './market-plan.ts';
import type { ExchangeProcess, TestExchange } from './test-exchange.ts';

/** When and by whom the ticks of a market are worked off. */
export interface WorkPlan {
  /** Called after each event. */
  after(event: number, market: RunningMarket): Promise<void>;
}

/** A market as its workers see it. */
export interface RunningMarket {
  readonly exchange: TestExchange;
  readonly assetId: string;
}

/** What became of each order, by its id, as far as ticks and owners decide it. */
export type MarketEnd = Readonly<Record<string, unknown>>;

/** How long after the last event all that waits for a clock has ended. */
const settledAfterMs = 3_600_000;

/** Runs a market through its events, and works off what is left in the end. */
export async function runMarket(
  exchange: TestExchange,
  events: readonly MarketEvent[],
  work: WorkPlan & { readonly owners: number },
): Promise<MarketEnd> {
  exchange.clock.set('2026-03-02T14:30:00.000Z');
  const assetId = await exchange.list();
  const names: string[] = [];
  for (let owner = 0; owner < work.owners; owner += 1)
    names.push(await exchange.trader({ EUR: '100000.00', [assetId]: '1000' }));
  await exchange.tick(assetId, (firstPriceMinor / 1_000).toFixed(3));
  const placed: string[] = [];
  const market = { exchange, assetId };

  for (const [index, event] of events.entries()) {
    exchange.clock.advance(event.afterMs);
    await happen(event, { ...market, names, placed, index });
    await work.after(index, market);
  }
  exchange.clock.advance(settledAfterMs);
  const last = createOrderEngine({ database: exchange.database });
  await last.workTicks(assetId);
  await last.sweep(assetId);
  await last.sweepExpiries({ everything: true });

  return await endOf(exchange, placed);
}

interface Moment extends RunningMarket {
  readonly names: readonly string[];
  readonly placed: string[];
  readonly index: number;
}

async function happen(event: MarketEvent, { exchange, assetId, names, placed, index }: Moment): Promise<void> {
  const { flow, assets } = exchange;

  switch (event.do) {
    case 'tick':
      await exchange.tick(assetId, (event.priceMinor / 1_000).toFixed(3));
      return;
    case 'place': {
      const owner = names[event.owner] ?? '';
      const clientOrderId = `order-${index}`;
      const order = { ...event.order, assetId, clientOrderId } as OrderCreate;
      if (await succeeds(() => flow.placeOrder({ owner, order }))) placed.push(orderIdFor(owner, clientOrderId));
      return;
    }
    case 'cancel': {
      const orderId = placed[event.nth % Math.max(1, placed.length)];
      if (orderId !== undefined) await succeeds(() => flow.cancelOrder({ orderId }));
      return;
    }
    case 'switch':
      await {
        halted: () => assets.deactivateAsset(assetId),
        active: () => assets.activateAsset(assetId),
        paused: () => assets.pauseTriggers(assetId),
        unpaused: () => assets.resumeTriggers(assetId),
      }[event.to]();
  }
}

/** Whether it was done; a refusal is one of the market's events. */
async function succeeds(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (isDomainError(error) && !error.retryable) return false;
    throw error;
  }
}

async function endOf({ orders }: ExchangeProcess, placed: readonly string[]): Promise<MarketEnd> {
  const entries = await orders.getOrdersByIds(placed);
  const exits = await orders.getOrdersByIds(
    entries.flatMap(({ exits: each = [] }) => each.map(({ orderId }) => orderId)),
  );

  return Object.fromEntries(
    [...entries, ...exits].map((order, index) => [`${index} ${order.orderType}`, endOfOrder(order)]),
  );
}

const endOfOrder = ({ status, failureCode, fills, heldMinor }: Order) => ({
  status,
  failureCode,
  heldMinor,
  fills: fills.map(({ priceMinor, quantityMinor, notionalMinor, tickAsOf }) => ({
    priceMinor,
    quantityMinor,
    notionalMinor,
    tickAsOf,
  })),
});

/** One engine, after every event: nothing disturbs it. */
export function undisturbed(): WorkPlan {
  let engine: OrderEngine | undefined;

  return {
    after: async (_, { exchange, assetId }) => {
      engine ??= createOrderEngine({ database: exchange.database, checkpointEveryTicks: 20 });
      await engine.workTicks(assetId);
      await engine.sweepExpiries();
    },
  };
}

interface Worker {
  process: ExchangeProcess;
  engine: OrderEngine;
}

/** How a market is disturbed. */
export interface Disturbance {
  readonly workers: number;
  /** A number from 0 to below 1 at each call. */
  readonly random: () => number;
}

/**
 * Several engines, each a process of its own, that work at random times, side by side, on indexes that lag, and die in the middle of
 * whatever they do: another one then takes the place of each.
 */
export function disturbed({ workers, random }: Disturbance): WorkPlan & { readonly deaths: () => number } {
  const running: Worker[] = [];
  let deaths = 0;

  const start = (exchange: TestExchange): Worker => {
    const process = exchange.connect();
    if (random() < 0.3) process.http.use(everyCall(staleIndex({ lagMs: 20_000 })));
    return { process, engine: createOrderEngine({ database: process.database, checkpointEveryTicks: 5 }) };
  };
  const work = async (worker: Worker, { exchange, assetId }: RunningMarket) => {
    if (random() < 0.4) {
      const target = random() < 0.7 ? 'TransactWriteItems' : 'UpdateItem';
      worker.process.http.script(target, ...(random() < 0.5 ? [crashAfter()] : [crashBefore()]));
    }
    const ends = await Promise.race([
      worker.engine
        .workTicks(assetId)
        .then(() => worker.engine.sweep(assetId))
        .then(() => worker.engine.sweepExpiries())
        .then(() => 'done' as const),
      worker.process.http.crashed.then(() => 'dead' as const),
    ]);
    if (ends === 'done') return;
    deaths += 1;
    Object.assign(worker, start(exchange));
  };

  return {
    deaths: () => deaths,
    after: async (_, market) => {
      while (running.length < workers) running.push(start(market.exchange));
      await Promise.all(running.filter(() => random() < 0.4).map((worker) => work(worker, market)));
    },
  };
}
