import type { Figure } from '../report.ts';
import { consumptionOf, type Consumption } from './consumption.ts';
import { openExchange, type Exchange } from './exchange.ts';
import { storeOpenOrders } from './stored-orders.ts';

/** How many orders are open, and how many of them each tick makes due. */
export interface TickOptions {
  readonly sizes: readonly number[];
  readonly due: number;
  /** Ticks that raise the watermark of many trailing stops. */
  readonly trailTicks: number;
}

/** What a tick reads and writes, whatever the number of open orders: first price triggers, then trailing stops. */
export async function measureTicks({ sizes, due, trailTicks }: TickOptions): Promise<Figure[]> {
  const figures: Figure[] = [];

  for (const open of sizes) {
    figures.push(figureOf(`a tick with ${due} due of ${open} open`, await tickOf({ open, due })));
    figures.push(figureOf(`a tick with none due of ${open} open`, await tickOf({ open, due: 0 })));
    figures.push(figureOf(`a higher tick with ${open} trailing stops`, await trailsOf({ open, ticks: trailTicks })));
  }
  return figures;
}

const figureOf = (name: string, values: Figure['values']): Figure => ({
  part: 'standing-ticks',
  name,
  contender: 'cnop',
  values,
});

/** Runs something on an exchange of its own. */
async function withExchange<TResult>(run: (exchange: Exchange) => Promise<TResult>): Promise<TResult> {
  const exchange = await openExchange();

  try {
    await exchange.list('GLDX', '50');
    return await run(exchange);
  } finally {
    await exchange.stop();
  }
}

const middle = 40_000n;

/** A tick at which some orders are due, by an engine that has worked the one before. */
export const tickOf = ({ open, due }: { readonly open: number; readonly due: number }) =>
  withExchange(async (exchange) => {
    const engine = exchange.engine();
    await storeOpenOrders(exchange, {
      assetId: 'GLDX',
      count: open,
      owners: Math.ceil(open / 20),
      terms: { orderType: 'LIMIT_BUY', limitPrice: '49' },
      change: (index) => ({
        limitPriceMinor: index < due ? middle + BigInt(index) : middle - 1n - BigInt(index % 20_000),
      }),
    });
    await exchange.tick('GLDX', '50');
    await engine.workTicks('GLDX');
    await exchange.tick('GLDX', '40');
    return valuesOf([await consumptionOf(exchange.database, () => engine.workTicks('GLDX'))]);
  });

/** What a tick consumes on average that raises the watermark of trailing stops, ten of which began in the last minutes, and reaches none. */
export const trailsOf = ({ open, ticks }: { readonly open: number; readonly ticks: number }) =>
  withExchange(async (exchange) => {
    const engine = exchange.engine();
    const activeAsOf = exchange.clock.now().toISOString();
    exchange.clock.advance(600_000);
    await exchange.tick('GLDX', '50');
    await storeOpenOrders(exchange, {
      assetId: 'GLDX',
      count: open,
      owners: Math.ceil(open / 20),
      terms: { orderType: 'TRAILING_STOP_SELL', trailPercent: '10' },
      change: (index) => (index < 10 ? {} : { activeAsOf }),
    });
    await exchange.tick('GLDX', '50');
    await engine.workTicks('GLDX');

    const all: Consumption[] = [];
    for (let tick = 1; tick <= ticks; tick += 1) {
      await exchange.tick('GLDX', `${50 + tick}`);
      all.push(await consumptionOf(exchange.database, () => engine.workTicks('GLDX')));
    }
    return valuesOf(all);
  });

function valuesOf(consumed: readonly Consumption[]) {
  const mean = (key: keyof Consumption) => consumed.reduce((sum, each) => sum + each[key], 0) / consumed.length;

  return {
    writes: mean('writes'),
    indexQueries: mean('indexQueries'),
    scannedCount: mean('scanned'),
    readUnits: mean('readUnits'),
    writeUnits: mean('writeUnits'),
    indexUnits: mean('indexUnits'),
  };
}
