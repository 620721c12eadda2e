import { systemClock, type Clock } from '@cnop/utils';
import { LRUCache } from 'lru-cache';
import type { AccessClaims } from './authenticated-user.ts';

/** Who knows the users. */
export interface UserDirectory {
  /** Whether the user exists and is active, still has that role, and has not had all sessions ended since the token was made. */
  isActive(claims: AccessClaims): Promise<boolean>;
}

/** How long an answer of the directory is good. */
export interface ActiveUsersOptions {
  readonly users: UserDirectory;
  /** In milliseconds; 0 asks each time, which fits a directory that keeps its answers itself. Default 1000. */
  readonly cacheMs?: number;
  readonly clock?: Clock;
}

const usersAtMost = 10_000;

/** The directory's answers, each kept for `cacheMs`; requests at once share one question, and a failed one is not kept. */
export function cachedDirectory({ users, cacheMs = 1_000, clock = systemClock }: ActiveUsersOptions): UserDirectory {
  if (cacheMs === 0) return users;

  const answers = new LRUCache<string, boolean, AccessClaims>({
    max: usersAtMost,
    ttl: cacheMs,
    // Ask the clock each time, and hand over an answer even if others have pushed it out meanwhile.
    ttlResolution: 0,
    ignoreFetchAbort: true,
    perf: { now: () => clock.now().getTime() || 1 },
    fetchMethod: (_key, _stale, { context }) => users.isActive(context),
  });

  return {
    isActive: async (claims) => {
      const key = [claims.username, claims.role, claims.sessionEpoch].join('\n');

      return (await answers.fetch(key, { context: claims })) ?? false;
    },
  };
}
