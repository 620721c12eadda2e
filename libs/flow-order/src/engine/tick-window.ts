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
}

/** Makes an empty window that keeps the ticks of the last milliseconds given. */
export function createTickWindow(assets: Pick<AssetDao, 'readTicks'>, assetId: string, keptMs: number): TickWindow {
  let ticks: readonly Tick[] = [];

  const ofLast = (ms: number) => {
    const last = ticks.at(-1);
    if (!last) return [];
    const from = Date.parse(last.asOf) - ms;

    return ticks.filter(({ asOf }) => Date.parse(asOf) >= from);
  };

  return {
    add: (added) => {
      ticks = [...ticks, ...added];
      ticks = ofLast(keptMs);
    },
    after: async (asOf) => {
      const [first] = ticks;
      const last = ticks.at(-1);
      if (!first || !last) return [];
      // The window is complete from the tick before its first on.
      if (first.previousAsOf === undefined || asOf >= first.previousAsOf)
        return ticks.filter((tick) => tick.asOf > asOf);

      return await assets.readTicks({ assetId, after: asOf, upTo: last.asOf });
    },
    ofLast,
  };
}
