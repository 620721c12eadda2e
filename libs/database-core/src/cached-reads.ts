import type { Clock } from '@cnop/utils';
import { LRUCache } from 'lru-cache';

/** What is read by key, and how long it is kept. */
export interface CachedReadsOptions<TValue extends object> {
  readonly read: (key: string) => Promise<TValue>;
  readonly clock: Clock;
  /** How long what was read is given again, in milliseconds of the clock, from the beginning of the read; 0 reads each time. */
  readonly ttlMs: number;
  /** Keys kept at most; the least recently used one goes first. */
  readonly maxKeys: number;
}

/**
 * A read by key that is kept for a moment. Callers of one key at once share one read; a failed read is not kept, nor is anything from
 * before the clock was set back.
 */
export function cachedReads<TValue extends object>({
  read,
  clock,
  ttlMs,
  maxKeys,
}: CachedReadsOptions<TValue>): (key: string) => Promise<TValue> {
  if (ttlMs === 0) return read;

  const now = () => clock.now().getTime() || 1; // the cache takes a time of 0 for never
  const cache = new LRUCache<string, TValue>({
    max: maxKeys,
    ttl: ttlMs,
    // Ask the clock each time, and hand over what was read even if others have pushed it out meanwhile.
    ttlResolution: 0,
    ignoreFetchAbort: true,
    perf: { now },
    fetchMethod: async (key, _stale, { options }) => {
      const begun = now();
      const value = await read(key);

      // What a slow read returned may be as old as the read.
      options.ttl = Math.max(1, ttlMs - (now() - begun));
      return value;
    },
  });
  let latest = now();

  return async (key) => {
    const present = now();
    // A clock that was set back would keep what is old for as long as it lags.
    if (present < latest) cache.clear();
    latest = present;

    return (await cache.fetch(key)) ?? (await read(key));
  };
}
