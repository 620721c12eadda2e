import type { DatabaseOptions } from '@cnop/database-core';
import { createDatabase } from '@cnop/database-core';
import { createAccountQueue, createOrderFlow, type OrderFlow, type OrderFlowOptions } from '@cnop/flow-order';
import { warmPrice } from './client-cpu/contenders/cnop.ts';
import { createTrades, market, tables } from './client-cpu/trade.ts';
import { createConflictingStore } from './conflicting-store.ts';
import type { Figure } from './figure.ts';
import { median, quantile, significant } from './statistics.ts';

/** How long, and with how many callers on the one account. */
export interface HotAccountOptions {
  readonly callers: number;
  readonly rounds: number;
  readonly roundMs: number;
  /** How long the store holds the items of a transaction. */
  readonly transactionMs: number;
}

interface Round {
  readonly perSecond: number;
  readonly givenUpShare: number;
  readonly requestsPerOrder: number;
  /** From asking for an order to its being placed. */
  readonly p99Ms: number;
}

/** Orders per second of many callers on one account, where transactions that overlap are refused, with and without an account queue. */
export async function measureHotAccount(options: HotAccountOptions): Promise<Figure[]> {
  const without: Round[] = [];
  const withQueue: Round[] = [];

  for (let round = 0; round < options.rounds; round += 1) {
    without.push(await run(options, {}));
    withQueue.push(await run(options, { accountQueue: createAccountQueue() }));
  }
  const ratios = withQueue.map(({ perSecond }, round) => perSecond / (without[round]?.perSecond ?? Number.NaN));

  return [figureOf('without the queue', without, 1), figureOf('with the queue', withQueue, median(ratios))];
}

const figureOf = (contender: string, rounds: readonly Round[], ratio: number): Figure => ({
  part: 'hot-account',
  name: 'orders per second',
  contender,
  ratio: significant(ratio),
  values: {
    ordersPerSecond: significant(median(rounds.map(({ perSecond }) => perSecond))),
    requestsPerOrder: significant(median(rounds.map(({ requestsPerOrder }) => requestsPerOrder))),
    givenUpPercent: significant(100 * median(rounds.map(({ givenUpShare }) => givenUpShare))),
    p99Ms: significant(median(rounds.map(({ p99Ms }) => p99Ms))),
  },
});

async function run(options: HotAccountOptions, flowOptions: Partial<OrderFlowOptions>): Promise<Round> {
  const store = createConflictingStore(options.transactionMs);
  const database = createDatabase({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' },
    requestHandler: store.requestHandler as DatabaseOptions['requestHandler'],
    tables,
  });
  const flow = createOrderFlow({ database, priceSource: warmPrice, ...flowOptions });
  const start = performance.now();
  const outcomes = await placeOrders(flow, options.callers, start + options.roundMs);

  const seconds = (performance.now() - start) / 1_000;
  const { latenciesMs, givenUp } = outcomes;
  const placed = latenciesMs.length;
  return {
    perSecond: placed / seconds,
    givenUpShare: givenUp / (placed + givenUp),
    requestsPerOrder: store.requests() / placed,
    p99Ms: quantile(latenciesMs, 0.99),
  };
}

async function placeOrders(flow: OrderFlow, callers: number, end: number) {
  const nextTrade = createTrades();
  const { owner, assetId, quantity } = market;
  const latenciesMs: number[] = [];
  let givenUp = 0;

  const call = async () => {
    while (performance.now() < end) {
      const { clientOrderId } = nextTrade();
      const asked = performance.now();
      try {
        await flow.placeOrder({ owner, order: { orderType: 'MARKET_BUY', assetId, quantity, clientOrderId } });
        latenciesMs.push(performance.now() - asked);
      } catch (error) {
        if ((error as { code?: string }).code !== 'CONTENTION') throw error;
        givenUp += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: callers }, call));

  return { latenciesMs, givenUp };
}
