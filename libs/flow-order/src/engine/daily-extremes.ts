import type { Tick } from '@cnop/entities-inventory';
import { extremesOf, widened, type PriceExtremes } from './find-orders.ts';

/** The extremes of the prices of the last day that may trigger, hour by hour. */
export interface DailyExtremes {
  add(ticks: readonly Tick[]): void;
  /** The extremes from the hour of a moment on; `undefined` where no price is known since. */
  since(ms: number): PriceExtremes | undefined;
}

const HOUR_MS = 3_600_000;
const hoursKept = 24;

/** Makes an empty one. */
export function createDailyExtremes(): DailyExtremes {
  const hours = new Map<number, PriceExtremes>();
  const hourOf = (ms: number) => Math.floor(ms / HOUR_MS);

  return {
    add: (ticks) => {
      for (const tick of ticks) {
        const extremes = extremesOf([tick]);
        if (!extremes) continue;
        const hour = hourOf(Date.parse(tick.asOf));
        hours.set(hour, widened(hours.get(hour) ?? extremes, tick.priceMinor));
      }
      const newest = Math.max(...hours.keys());
      for (const hour of hours.keys()) if (hour <= newest - hoursKept) hours.delete(hour);
    },
    since: (ms) => {
      const from = hourOf(ms);
      const later = [...hours].filter(([hour]) => hour >= from).map(([, extremes]) => extremes);

      return later.reduce<PriceExtremes | undefined>(
        (all, each) => (all ? widened(widened(all, each.highest), each.lowest) : each),
        undefined,
      );
    },
  };
}
