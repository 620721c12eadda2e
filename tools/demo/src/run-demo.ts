import { getBalanceDao } from '@cnop/dao-ledger';
import { meterRequests, type MeteredRequest } from '@cnop/database-core';
import { checkLedger } from '@cnop/ledger-audit';
import { getPortfolio } from '@cnop/portfolio';
import { seededRandom } from '@cnop/testing';
import { parseDecimal } from '@cnop/utils';
import { userReport, type DemoReport } from './demo-report.ts';
import { openMarket, type Market } from './open-market.ts';
import { orderCosts } from './order-costs.ts';
import { loadPriceHistory, type MonthlyClose } from './sample-market.ts';
import { strategies } from './strategy.ts';
import { createTrader, type Trader } from './trader.ts';

/** What a run of the demonstration takes. */
export interface DemoOptions {
  /** The same seed gives the same report. */
  readonly seed: number;
  /** How many months of the history to replay. Default: all. */
  readonly months?: number;
  /** Receives a line for each year. */
  readonly progress?: (line: string) => void;
}

const cents = 2;

/** Replays the price history on a DynamoDB of its own; every user trades each month. When it is over, nothing is left running. */
export async function runDemo({ seed, months, progress = () => undefined }: DemoOptions): Promise<DemoReport> {
  const history = loadPriceHistory().slice(0, months);
  const [first] = history;
  if (!first) throw new Error('There is no month to replay.');

  const market = await openMarket(first.month, seededRandom(seed));
  try {
    progress(`Replaying ${history.length} months on ${market.backend} DynamoDB with seed ${seed}`);
    const traders = await allSettled(
      strategies.map((strategy) => createTrader(market.database, strategy, seededRandom(`${seed} ${strategy.owner}`))),
    );
    const meter = meterRequests(market.database);
    await replay(market, { history, traders, progress });
    meter.stop();

    return await report(market, { seed, months: history.length, traders, requests: meter.requests });
  } finally {
    await market.close();
  }
}

interface Replay {
  readonly history: readonly MonthlyClose[];
  readonly traders: readonly Trader[];
  readonly progress: (line: string) => void;
}

async function replay({ assets, clock }: Market, { history, traders, progress }: Replay): Promise<void> {
  const past: ReadonlyMap<string, bigint>[] = [];

  for (const [monthIndex, { month, prices }] of history.entries()) {
    clock.set(month);
    for (const [assetId, price] of Object.entries(prices)) {
      await assets.setPrice({ assetId, price, asOf: month, source: 'sample-market' });
    }
    const current = new Map(Object.entries(prices).map(([assetId, price]) => [assetId, parseDecimal(price, cents)]));

    await allSettled(traders.map((trader) => trader.trade({ monthIndex, prices: current, past })));
    past.push(current);
    if (monthIndex % 12 === 11 || monthIndex === history.length - 1) {
      const orders = traders.reduce((sum, { counts }) => sum + counts.completed, 0);
      progress(`${month.slice(0, 7)}: ${orders} orders executed`);
    }
  }
}

interface Outcome {
  readonly seed: number;
  readonly months: number;
  readonly traders: readonly Trader[];
  readonly requests: readonly MeteredRequest[];
}

async function report({ database, backend }: Market, outcome: Outcome): Promise<DemoReport> {
  const { seed, months, traders, requests } = outcome;
  const balanceDao = getBalanceDao(database);
  const balances = await allSettled(traders.map(({ strategy }) => balanceDao.listBalances(strategy.owner)));
  const users = await allSettled(
    traders.map(async (trader) => userReport(trader, await getPortfolio(database, trader.strategy.owner))),
  );
  const { brokenCount, unsettledCount, broken, counts } = await checkLedger(database, { maxBroken: 10 });

  return {
    seed,
    months,
    backend,
    users,
    costs: orderCosts({
      requests,
      executed: traders.flatMap(({ executed }) => executed),
      calls: traders.reduce((sum, { counts: { completed, replayed } }) => sum + completed + replayed, 0),
      balances: balances.flat(),
    }),
    ledger: { brokenInvariants: brokenCount, unsettled: unsettledCount, broken, checked: counts },
  };
}

/** The results of all tasks; reports a failure once no task runs any more. */
async function allSettled<TResult>(tasks: readonly Promise<TResult>[]): Promise<TResult[]> {
  await Promise.allSettled(tasks);

  return await Promise.all(tasks);
}
