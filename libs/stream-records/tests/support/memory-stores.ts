import { type CheckpointStore, type Lease, type LeaseStore, SHARD_END } from '@cnop/stream-records';

/** Checkpoints in memory, which outlive the readers of a test; every save is kept, to be looked at. */
export function createMemoryCheckpoints() {
  const positions = new Map<string, string>();
  const saves: { readonly shardKey: string; readonly position: string }[] = [];
  const rank = (position: string) => (position === SHARD_END ? Infinity : Number(position));
  let failures = 0;

  const store: CheckpointStore = {
    load: async (shardKey) => positions.get(shardKey),
    save: async (shardKey, position) => {
      if (failures > 0) {
        failures -= 1;
        throw new Error('The checkpoint cannot be saved.');
      }
      saves.push({ shardKey, position });
      if (rank(position) > rank(positions.get(shardKey) ?? '-1')) positions.set(shardKey, position);
    },
  };

  return {
    ...store,
    positions,
    saves,
    failNext: (times: number) => {
      failures = times;
    },
  };
}

/** Leases in memory, as a table keeps them. */
export function createMemoryLeases() {
  const leases = new Map<string, Lease>();
  let isDown = false;
  const check = () => {
    if (isDown) throw new Error('The table cannot be reached.');
  };
  const isStored = (seen: Lease | undefined, name: string) => leases.get(name)?.token === seen?.token;

  const store: LeaseStore = {
    list: async (prefix) => {
      check();
      return [...leases.values()].filter(({ name }) => name.startsWith(prefix));
    },
    put: async (lease, seen) => {
      check();
      const isSeen = isStored(seen, lease.name);
      if (isSeen) leases.set(lease.name, lease);
      return isSeen;
    },
    remove: async (lease) => {
      check();
      if (isStored(lease, lease.name)) leases.delete(lease.name);
    },
  };

  return {
    ...store,
    leases,
    setDown: (down: boolean) => {
      isDown = down;
    },
  };
}
