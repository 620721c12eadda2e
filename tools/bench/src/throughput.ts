import type { StartableBackendName } from '@cnop/testing';
import { openCnop } from './contenders/cnop.ts';
import type { OpenContender } from './contenders/index.ts';
import { openBare } from './contenders/requests.ts';
import { createTrades, type Trade } from './market.ts';
import type { Figure } from './report.ts';
import { latenciesOf, median, rotate, significant } from './statistics.ts';
import { openStore } from './store.ts';

/** How many callers place orders, and for how long. */
export interface Calls {
  readonly nextTrade: () => Trade;
  readonly concurrency: number;
  readonly ms: number;
}

/** What came of a round of calls. */
export interface Round {
  readonly perSecond: number;
  readonly latenciesMs: readonly number[];
}

/** Runs callers side by side, each placing one order after another. */
export async function runCallers(contender: OpenContender, { nextTrade, concurrency, ms }: Calls): Promise<Round> {
  const start = performance.now();
  const latenciesMs: number[] = [];

  const call = async () => {
    while (performance.now() - start < ms) {
      const sent = performance.now();
      await contender.marketOrder(nextTrade());
      latenciesMs.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, call));

  return { perSecond: (latenciesMs.length * 1_000) / (performance.now() - start), latenciesMs };
}

/** How long to measure, and how many orders at once. */
export interface ThroughputOptions {
  readonly backend: StartableBackendName;
  readonly concurrencies: readonly number[];
  readonly rounds: number;
  readonly roundMs: number;
  /** Before anything is measured, for the compiler. */
  readonly warmUpMs: number;
}

/** As many connections as callers, for both; the SDK's default of 50 would decide the contest. */
export const requestHandler = { httpAgent: { keepAlive: true, maxSockets: 128 } };

/** Market orders per second and their latency, against the plain SDK client that sends the same transactions to the same store. */
export async function measureThroughput(options: ThroughputOptions): Promise<Figure[]> {
  const { backend, concurrencies, rounds, roundMs, warmUpMs } = options;
  const store = await openStore(backend);
  const nextTrade = createTrades();
  const figures: Figure[] = [];

  try {
    const entries: [string, OpenContender][] = [
      ['client-dynamodb', await openBare({ ...store.config, requestHandler })],
      ['cnop', await openCnop({ ...store.config, requestHandler })],
    ];
    for (const [, contender] of entries) await runCallers(contender, { nextTrade, concurrency: 16, ms: warmUpMs });

    for (const concurrency of concurrencies) {
      const done = new Map<string, Round[]>(entries.map(([name]) => [name, []]));
      for (let round = 0; round < rounds; round += 1) {
        for (const [name, contender] of rotate(entries, round)) {
          done.get(name)?.push(await runCallers(contender, { nextTrade, concurrency, ms: roundMs }));
        }
      }
      for (const [contender, own] of done) {
        const base = done.get('client-dynamodb') ?? [];
        const ratios = own.map(({ perSecond }, round) => perSecond / (base[round]?.perSecond ?? Number.NaN));

        figures.push({
          part: 'throughput',
          name: `${backend}, ${concurrency} at once`,
          contender,
          ratio: significant(median(ratios)),
          values: {
            ordersPerSecond: significant(median(own.map(({ perSecond }) => perSecond))),
            ...latenciesOf(own.flatMap(({ latenciesMs }) => latenciesMs)),
          },
        });
      }
    }
    return figures;
  } finally {
    await store.stop();
  }
}
