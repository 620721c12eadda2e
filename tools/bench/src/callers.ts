import type { OpenContender } from './client-cpu/contender.ts';
import type { Trade } from './client-cpu/trade.ts';

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

/** So many callers, each placing one order after another. */
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
