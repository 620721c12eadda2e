import type { StartableBackendName } from '@cnop/testing';
import { openCnop } from './contenders/cnop.ts';
import type { OpenContender } from './contenders/contender.ts';
import { openBare } from './contenders/requests.ts';
import { createTrades } from './market.ts';
import type { Figure } from './report.ts';
import { latenciesOf, measureInTurn, median, significant } from './statistics.ts';
import { openStore } from './store.ts';

/** How many callers, and for how long. */
export interface Callers {
  readonly callers: number;
  readonly ms: number;
}

/** Runs callers side by side, each making one call after another. */
export async function runCallers(call: () => Promise<unknown>, { callers, ms }: Callers) {
  const start = performance.now();
  const latenciesMs: number[] = [];

  const callAgain = async () => {
    while (performance.now() - start < ms) {
      const sent = performance.now();
      await call();
      latenciesMs.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: callers }, callAgain));

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
    const contenders: [string, OpenContender][] = [
      ['client-dynamodb', await openBare({ ...store.config, requestHandler })],
      ['cnop', await openCnop({ ...store.config, requestHandler })],
    ];
    const run = ([, contender]: [string, OpenContender], callers: number, ms: number) =>
      runCallers(() => contender.marketOrder(nextTrade()), { callers, ms });
    for (const contender of contenders) await run(contender, 16, warmUpMs);

    for (const concurrency of concurrencies) {
      const measured = await measureInTurn(contenders, rounds, {
        measure: (contender) => run(contender, concurrency, roundMs),
        figureOf: ({ perSecond }) => perSecond,
      });
      for (const { name, own, ratios } of measured) {
        figures.push({
          part: 'throughput',
          name: `${backend}, ${concurrency} at once`,
          contender: name[0],
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
