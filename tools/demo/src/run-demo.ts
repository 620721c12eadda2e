import { getBalanceDao } from '@cnop/dao-ledger';
import { meterRequests } from '@cnop/database-core';
import { createOrderEngine } from '@cnop/flow-order/engine';
import { checkLedger } from '@cnop/ledger-audit';
import { getPortfolio } from '@cnop/portfolio';
import { seededRandom } from '@cnop/testing';
import { parseDecimal } from '@cnop/utils';
import type { DemoReport } from './demo-report.ts';
import { openMarket, type Market } from './open-market.ts';
import { orderCosts } from './order-costs.ts';
import { loadPriceHistory, type MonthlyClose } from './sample-market.ts';
import { createStandingTrader, type StandingTrader } from './standing-trader.ts';
import { standingStrategies } from './standing-strategy.ts';
import { strategies } from './strategy.ts';
import { createTrader, type Trader } from './trader.ts';

/** What a run of the demonstration takes. */
export interface DemoOptions {
  /** The same seed gives the same report. */
  readonly seed: number;
  /** How many months of the history to replay. Default: all. */
  readonly months?: number;
  /** Receives a line for each year. */
  readonly progress: (line: string) => void;
}

const cents = 2;
/** A checkpoint comes after a hundred ticks: the engine is never begun anew here. */
const checkpointEveryMs = Number.MAX_SAFE_INTEGER;

/**
 * Replays the price history on a DynamoDB of its own; every user trades each month, and
 * the engine carries out what their standing orders wait for. When it is over, nothing is left running.
 */
export async function runDemo({ seed, months, progress }: DemoOptions): Promise<DemoReport> {
  const history = loadPriceHistory().slice(0, months);
  const market = await openMarket(history[0]?.month ?? '', seededRandom(seed));
  const { database } = market;

  try {
    progress(`Replaying ${history.length} months on ${market.backend} DynamoDB with seed ${seed}`);
    const traders = await allSettled(
      strategies.map((strategy) => createTrader(database, strategy, seededRandom(`${seed} ${strategy.owner}`))),
    );
    const standing = await allSettled(standingStrategies.map((strategy) => createStandingTrader(database, strategy)));
    const meter = meterRequests(database);
    await replay(market, { history, traders, standing, progress });
    meter.stop();

    const owners = traders.map(({ strategy }) => strategy.owner);
    const balances = await allSettled(owners.map((owner) => getBalanceDao(database).listBalances(owner)));
    const executed = traders.flatMap((trader) => trader.executed);
    const calls = executed.length + traders.reduce((sum, { replayed }) => sum + replayed, 0);

    return {
      seed,
      months: history.length,
      users: await allSettled(
        traders.map(async (trader) => ({ trader, portfolio: await getPortfolio(database, trader.strategy.owner) })),
      ),
      standing,
      costs: orderCosts({ requests: meter.requests, executed, calls, balances: balances.flat() }),
      ledger: await checkLedger(database, { maxBroken: 10 }),
    };
  } finally {
    await market.close();
  }
}

interface Replay {
  readonly history: readonly MonthlyClose[];
  readonly traders: readonly Trader[];
  readonly standing: readonly StandingTrader[];
  readonly progress: (line: string) => void;
}

async function replay({ database, assets, clock }: Market, replayed: Replay): Promise<void> {
  const { history, traders, standing, progress } = replayed;
  const engine = createOrderEngine({ database, expiryShards: 1, checkpointEveryMs });
  const past: ReadonlyMap<string, bigint>[] = [];

  for (const [monthIndex, { month, prices }] of history.entries()) {
    clock.set(month);
    for (const [assetId, price] of Object.entries(prices)) {
      await assets.setPrice({ assetId, price, asOf: month, source: 'sample-market' });
      await engine.workTicks(assetId);
    }
    if (standing.some((trader) => trader.hasExpired(month))) await engine.sweepExpiries({ everything: true });
    await allSettled(standing.map((trader) => trader.look()));
    const current = new Map(Object.entries(prices).map(([assetId, price]) => [assetId, parseDecimal(price, cents)]));

    await allSettled(traders.map((trader) => trader.trade({ monthIndex, prices: current, past })));
    await allSettled(standing.map((trader) => trader.trade(monthIndex, current)));
    past.push(current);
    if (monthIndex % 12 === 11 || monthIndex === history.length - 1) {
      const orders = traders.reduce((sum, { executed }) => sum + executed.length, 0);
      progress(`${month.slice(0, 7)}: ${orders} orders executed`);
    }
  }
}

/** The results of all tasks; reports a failure once no task runs any more. */
async function allSettled<TResult>(tasks: readonly Promise<TResult>[]): Promise<TResult[]> {
  await Promise.allSettled(tasks);

  return await Promise.all(tasks);
}
