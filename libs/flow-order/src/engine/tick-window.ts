import type { AssetDao } from '@cnop/dao-inventory';
import type { Tick } from '@cnop/entities-inventory';

/** The newest ticks of one asset, as far as they have been read, without a gap. */
export interface TickWindow {
  /** Adds the ticks that follow, and drops those older than is kept. */
  add(ticks: readonly Tick[]): void;
  /** The ticks after one of them, up to the newest: from memory, else from the log. */
  after(asOf: string): Promise<readonly Tick[]>;
  /** The ticks of the last milliseconds, by their own time. */
  ofLast(ms: number): readonly Tick[];
  readonly newestAsOf: string | undefined;
}

/** Makes an empty window that keeps the ticks of the last milliseconds given. */
export function createTickWindow(assets: AssetDao, assetId: string, keptMs: number): TickWindow {
  let ticks: Tick[] = [];
  /** The tick before the first that is kept: the window is complete from it on. */
  let completeFrom: string | undefined;
  const newest = () => ticks.at(-1);

  const ofLast = (ms: number) => {
    const last = newest();
    if (!last) return [];
    const from = Date.parse(last.asOf) - ms;

    return ticks.filter(({ asOf }) => Date.parse(asOf) >= from);
  };

  return {
    add: (added) => {
      const [first] = added;
      if (!first) return;
      if (ticks.length === 0) completeFrom = first.previousAsOf;
      ticks.push(...added);

      const kept = ofLast(keptMs);
      const [oldest] = kept;
      if (kept.length < ticks.length) completeFrom = oldest?.previousAsOf;
      ticks = [...kept];
    },
    after: async (asOf) => {
      const last = newest();
      if (!last || asOf >= last.asOf) return [];
      if (completeFrom === undefined || asOf >= completeFrom) return ticks.filter((tick) => tick.asOf > asOf);

      return await assets.readTicks({ assetId, after: asOf, upTo: last.asOf });
    },
    ofLast,
    get newestAsOf() {
      return newest()?.asOf;
    },
  };
}
