import { openBare } from '../client-cpu/contenders/bare.ts';
import { createTrades } from '../client-cpu/trade.ts';
import { openStore } from '../store/open-store.ts';

/** How many at once, and for how long. */
export interface LoadOptions {
  readonly concurrency: number;
  readonly seconds: number;
}

/** What callers had. */
export interface Load {
  /** How many came to their end. */
  readonly count: number;
  readonly perSecond: number;
  readonly latenciesMs: readonly number[];
}

/** The same transactions of four items, sent by the plain SDK client to a new embedded store: no HTTP, no check, no user. */
export async function measureBare({ concurrency, seconds }: LoadOptions): Promise<Load> {
  const store = await openStore('embedded');

  try {
    const requestHandler = { httpAgent: { keepAlive: true, maxSockets: concurrency } };
    const contender = await openBare({ ...store.config, requestHandler });
    const nextTrade = createTrades();
    const latenciesMs: number[] = [];
    const start = performance.now();
    const call = async () => {
      while (performance.now() - start < seconds * 1_000) {
        const sent = performance.now();
        await contender.marketOrder(nextTrade());
        latenciesMs.push(performance.now() - sent);
      }
    };

    await Promise.all(Array.from({ length: concurrency }, call));
    const count = latenciesMs.length;
    return { count, perSecond: (count * 1_000) / (performance.now() - start), latenciesMs };
  } finally {
    await store.stop();
  }
}
