import type { TrailEntry } from '@cnop/dao-order';
import { trailStopOf, type WatermarkKind } from '@cnop/entities-order';

const startMs = Date.UTC(2026, 2, 2, 14);

/** The time of the n-th tick, one a second. */
export const timeOf = (index: number): string => new Date(startMs + index * 1_000).toISOString();
/** The same in milliseconds since 1970. */
export const msOf = (index: number): number => startMs + index * 1_000;

interface KnownTrail {
  readonly trail: TrailEntry;
  watermark: bigint | undefined;
}

/** Trails each with a watermark of its own, which every tick moves: what a mirror must agree with. */
export function createBruteTrails(kind: WatermarkKind) {
  const known = new Map<string, KnownTrail>();
  const orderType = kind === 'HIGH' ? 'TRAILING_STOP_SELL' : 'TRAILING_STOP_BUY';

  return {
    known,
    /** With the prices so far, one a second from the first. */
    add: (trail: TrailEntry, prices: readonly bigint[]) => {
      // The tick at its birth, or the one before, is where its watermark begins.
      const first = Math.max(0, Math.floor((trail.activeAsOfMs - startMs) / 1_000));
      const watermark = prices
        .slice(first)
        .reduce<bigint | undefined>((best, price) => better(kind, best, price), undefined);
      known.set(trail.orderId, { trail, watermark });
    },
    remove: (orderId: string) => known.delete(orderId),
    /** The ids that the tick reaches. */
    tick: (index: number, price: bigint): string[] => {
      const reached: string[] = [];

      for (const one of known.values()) {
        const { trail, watermark } = one;
        if (watermark !== undefined && trail.activeAsOfMs < msOf(index)) {
          const offset =
            trail.unit === 'AMOUNT' ? { trailAmountMinor: trail.offset } : { trailBps: Number(trail.offset) };
          const stop = trailStopOf({ orderType, ...offset }, watermark);
          if (kind === 'HIGH' ? price <= stop : price >= stop) reached.push(trail.orderId);
        }
        // The price of the last tick before it began is its first watermark.
        if (trail.activeAsOfMs < msOf(index + 1)) {
          const isFirst = trail.activeAsOfMs >= msOf(index);
          one.watermark = isFirst ? price : better(kind, watermark, price);
        }
      }
      return reached;
    },
  };
}

const better = (kind: WatermarkKind, best: bigint | undefined, price: bigint): bigint =>
  best === undefined || (kind === 'HIGH' ? price > best : price < best) ? price : best;
