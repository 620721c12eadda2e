import type { OrderDao } from '@cnop/dao-order';
import type { Asset, Tick } from '@cnop/entities-inventory';
import { pruneLadder, type TriggerCheckpoint, type WatermarkKind, type WatermarkLadder } from '@cnop/entities-order';
import { createTrailMirror } from './trail-mirror.ts';

/** The open trailing stops of an asset, with the watermarks that they follow. */
export interface Trails {
  /**
   * Reads all of them, from that many parts of the index, and drops those that are over.
   *
   * @returns the ids of those that were not known.
   */
  load(shards: number): Promise<string[]>;
  /** Reads those that have begun of late. @returns the ids of those that were not known. */
  loadNew(shards: number): Promise<string[]>;
  /** The ids of those that are known and began at a moment or later, in milliseconds since 1970. */
  begunSince(ms: number): string[];
  /** Lets the watermarks follow the ticks. @returns the ids of the orders that a tick reaches on its way, each once. */
  climb(ticks: readonly Tick[]): string[];
  remove(orderId: string): void;
  ladders(): Readonly<Record<WatermarkKind, WatermarkLadder>>;
  /** The ladders as far as open trails need them, and births of the last 10 minutes. */
  pruned(asOf: string): Pick<TriggerCheckpoint, 'high' | 'low'>;
  readonly size: number;
  readonly depth: number;
}

const kinds = ['HIGH', 'LOW'] as const;
/** How far back a reading of new trails begins: an index may show one late. */
const lateMs = 300_000;
/** Births of so long ago may still become known. */
const keptBirthsMs = 600_000;

/** Makes what follows the trails of an asset, from a checkpoint on. */
export function createTrails(
  orders: Pick<OrderDao, 'trailEntries'>,
  { assetId }: Pick<Asset, 'assetId'>,
  checkpoint: TriggerCheckpoint | undefined,
): Trails {
  const mirrors = {
    HIGH: createTrailMirror({ kind: 'HIGH', rungs: checkpoint?.high, newestAsOf: checkpoint?.asOf }),
    LOW: createTrailMirror({ kind: 'LOW', rungs: checkpoint?.low, newestAsOf: checkpoint?.asOf }),
  };
  /** When the newest trail began that was seen, and the tick before the newest one. */
  let seenMs = 0;
  let previousMs = 0;
  /** When each that was seen began, in milliseconds since 1970: an amended one begins anew. */
  const beginnings = new Map<string, number>();

  const read = async (shards: number, fromMs: number) => {
    const added: string[] = [];
    const listed = new Set<string>();

    for (const kind of kinds) {
      for (let shard = 0; shard < shards; shard += 1) {
        for await (const entry of orders.trailEntries({ assetId, kind, shard, fromMs })) {
          listed.add(entry.orderId);
          mirrors[kind].add(entry);
          seenMs = Math.max(seenMs, entry.activeAsOfMs);
          if ((beginnings.get(entry.orderId) ?? -1) >= entry.activeAsOfMs) continue;
          beginnings.set(entry.orderId, entry.activeAsOfMs);
          added.push(entry.orderId);
        }
      }
    }
    return { added, listed };
  };
  const remove = (orderId: string) => {
    beginnings.delete(orderId);
    for (const kind of kinds) mirrors[kind].remove(orderId);
  };

  return {
    load: async (shards) => {
      const { added, listed } = await read(shards, 0);
      // One that has begun of late may be missing in what an index shows.
      for (const [orderId, begunMs] of beginnings)
        if (!listed.has(orderId) && begunMs < previousMs - lateMs) remove(orderId);

      return added;
    },
    loadNew: async (shards) => (await read(shards, Math.max(0, Math.min(seenMs, previousMs) - lateMs))).added,
    begunSince: (ms) => [...beginnings].filter(([, begunMs]) => begunMs >= ms).map(([orderId]) => orderId),
    climb: (ticks) => {
      const reached = new Set<string>();

      for (const { asOf, priceMinor, executable, paused, previousAsOf } of ticks) {
        previousMs = previousAsOf === undefined ? 0 : Date.parse(previousAsOf);
        if (!executable) continue;
        for (const kind of kinds) {
          const ids = mirrors[kind].tick(asOf, priceMinor);
          if (!paused) ids.forEach((orderId) => reached.add(orderId));
        }
      }
      return [...reached];
    },
    remove,
    ladders: () => ({ HIGH: mirrors.HIGH.rungs(), LOW: mirrors.LOW.rungs() }),
    pruned: (asOf) => {
      const since = new Date(Date.parse(asOf) - keptBirthsMs).toISOString();

      return {
        high: pruneLadder(mirrors.HIGH.rungs(), { births: mirrors.HIGH.births(), since }),
        low: pruneLadder(mirrors.LOW.rungs(), { births: mirrors.LOW.births(), since }),
      };
    },
    get size() {
      return mirrors.HIGH.size + mirrors.LOW.size;
    },
    get depth() {
      return mirrors.HIGH.depth + mirrors.LOW.depth;
    },
  };
}
