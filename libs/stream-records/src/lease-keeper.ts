import type { Clock, IdSource } from '@cnop/utils';
import { groupBy } from './group-by.ts';
import type { Lease, LeaseStore } from './lease-store.ts';
import { isOver } from './span.ts';

/** The leases of one process. */
export interface LeaseKeeper {
  /** Reads the leases of these shards, renews those held here and learns which were lost. */
  look(prefix: string, names: ReadonlySet<string>): Promise<void>;
  holds(name: string): boolean;
  /** Whether nobody, or a process that is gone, has the lease, as far as the last look told. */
  isFree(name: string): boolean;
  /** Takes of the free ones what is this process's share; where none is free, one of another process that has more than its share. */
  claim(free: readonly string[]): Promise<void>;
  release(names: readonly string[]): Promise<void>;
  releaseAll(): Promise<void>;
  /** Forgets everything, of a stream that is no more. */
  forget(): void;
}

/** What {@link createLeaseKeeper} takes. */
export interface LeaseKeeperOptions {
  readonly store: LeaseStore;
  /** Names this process among those that read the stream. */
  readonly owner: string;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** After how long without a renewal a lease counts as that of a process that is gone. */
  readonly leaseMs: number;
}

interface Observed {
  readonly lease: Lease;
  /** When this process first saw the token, in milliseconds since 1970. */
  readonly since: number;
}

/**
 * Keeps leases that are advice: two processes that hold the same one work twice, and nothing more.
 *
 * No time of one process is compared with that of another: a lease is over once its token has not changed for `leaseMs` by the clock
 * of the process that waits for it. Where that clock is set back, the wait begins anew.
 */
export function createLeaseKeeper({ store, owner, clock, ids, leaseMs }: LeaseKeeperOptions): LeaseKeeper {
  const held = new Map<string, Lease>();
  let others = new Map<string, Observed>();
  const nowMs = () => clock.now().getTime();
  const isAlive = ({ since }: Observed) => !isOver({ since, ms: leaseMs }, nowMs());

  function observe(leases: readonly Lease[]): void {
    const seen = leases.filter((lease) => lease.owner !== owner);
    const entries = seen.map((lease): [string, Observed] => {
      const before = others.get(lease.name);
      const isSame = before?.lease.token === lease.token && before.since <= nowMs();

      return [lease.name, isSame ? before : { lease, since: nowMs() }];
    });
    others = new Map(entries);
  }

  async function put(name: string, seen: Lease | undefined): Promise<void> {
    const lease = { name, owner, token: ids.ulid() };

    if (await store.put(lease, seen)) {
      held.set(name, lease);
      others.delete(name);
    } else {
      held.delete(name);
    }
  }

  async function steal(target: number): Promise<void> {
    const alive = [...others.values()].filter(isAlive);
    const byOwner = groupBy(alive, ({ lease }) => lease.owner);
    const richest = [...byOwner.values()].sort((one, other) => other.length - one.length).at(0) ?? [];
    const [observed] = richest;

    if (observed && richest.length > target) await put(observed.lease.name, observed.lease);
  }

  async function release(names: readonly string[]): Promise<void> {
    const leases = names.flatMap((name) => held.get(name) ?? []);

    for (const name of names) held.delete(name);
    await Promise.all(leases.map((lease) => store.remove(lease)));
  }

  return {
    look: async (prefix, names) => {
      const leases = (await store.list(prefix)).filter(({ name }) => names.has(name));

      observe(leases);
      held.clear();
      for (const lease of leases) if (lease.owner === owner) held.set(lease.name, lease);
      await Promise.all([...held.values()].map((lease) => put(lease.name, lease)));
    },
    holds: (name) => held.has(name),
    isFree: (name) => {
      const observed = others.get(name);

      return !held.has(name) && (observed === undefined || !isAlive(observed));
    },
    claim: async (free) => {
      const alive = [...others.values()].filter(isAlive);
      const owners = new Set([owner, ...alive.map(({ lease }) => lease.owner)]);
      const target = Math.ceil((held.size + alive.length + free.length) / owners.size);

      for (const name of free) {
        if (held.size >= target) return;
        await put(name, others.get(name)?.lease);
      }
      if (free.length === 0 && held.size < target) await steal(target);
    },
    release,
    releaseAll: () => release([...held.keys()]),
    forget: () => {
      held.clear();
      others.clear();
    },
  };
}
