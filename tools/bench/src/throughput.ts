import type { StartableBackendName } from '@cnop/testing';
import { runCallers, type Round } from './callers.ts';
import type { OpenContender } from './client-cpu/contender.ts';
import { openBare } from './client-cpu/contenders/bare.ts';
import { openCnop } from './client-cpu/contenders/cnop.ts';
import { createTrades, type Trade } from './client-cpu/trade.ts';
import type { Figure } from './figure.ts';
import { median, quantile, rotate, significant } from './statistics.ts';
import { openStore } from './store/open-store.ts';

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
const requestHandler = { httpAgent: { keepAlive: true, maxSockets: 128 } };

/** Market orders per second and their latency, against the plain SDK client that sends the same transactions to the same store. */
export async function measureThroughput(options: ThroughputOptions): Promise<Figure[]> {
  const store = await openStore(options.backend);

  try {
    const contenders = {
      'client-dynamodb': await openBare({ ...store.config, requestHandler }),
      cnop: await openCnop({ ...store.config, requestHandler }),
    };
    const nextTrade = createTrades();
    const figures: Figure[] = [];

    for (const contender of Object.values(contenders))
      await runCallers(contender, { nextTrade, concurrency: 16, ms: options.warmUpMs });
    for (const concurrency of options.concurrencies) {
      figures.push(...(await measureAt(contenders, nextTrade, { ...options, concurrency })));
    }
    return figures;
  } finally {
    await store.stop();
  }
}

async function measureAt(
  contenders: Readonly<Record<string, OpenContender>>,
  nextTrade: () => Trade,
  { backend, concurrency, rounds, roundMs }: ThroughputOptions & { readonly concurrency: number },
): Promise<Figure[]> {
  const entries = Object.entries(contenders);
  const done = new Map(entries.map(([name]) => [name, [] as Round[]]));

  for (let round = 0; round < rounds; round += 1) {
    for (const [name, contender] of rotate(entries, round)) {
      done.get(name)?.push(await runCallers(contender, { nextTrade, concurrency, ms: roundMs }));
    }
  }
  const base = done.get('client-dynamodb') ?? [];

  return entries.map(([contender]) => {
    const own = done.get(contender) ?? [];
    const latencies = own.flatMap(({ latenciesMs }) => latenciesMs);
    const ratios = own.map(({ perSecond }, round) => perSecond / (base[round]?.perSecond ?? Number.NaN));

    return {
      part: 'throughput',
      name: `${backend}, ${concurrency} at once`,
      contender,
      ratio: significant(median(ratios)),
      values: {
        ordersPerSecond: significant(median(own.map(({ perSecond }) => perSecond))),
        p50Ms: significant(quantile(latencies, 0.5)),
        p95Ms: significant(quantile(latencies, 0.95)),
        p99Ms: significant(quantile(latencies, 0.99)),
      },
    };
  });
}
