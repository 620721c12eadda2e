import type { CheckpointStore, Lease, LeaseStore } from '@cnop/stream-records';

/** Leases of a reader that shares its shards with no other process. */
export function leasesInMemory(): LeaseStore {
  const leases = new Map<string, Lease>();
  const isSeen = (name: string, seen: Lease | undefined) => leases.get(name)?.token === seen?.token;

  return {
    list: (prefix) => Promise.resolve([...leases.values()].filter(({ name }) => name.startsWith(prefix))),
    put: (lease, seen) => {
      const isFree = isSeen(lease.name, seen);
      if (isFree) leases.set(lease.name, lease);
      return Promise.resolve(isFree);
    },
    remove: (lease) => {
      if (isSeen(lease.name, lease)) leases.delete(lease.name);
      return Promise.resolve();
    },
  };
}

/** Checkpoints of a consumer that begins at the newest record whenever its process starts. */
export function checkpointsInMemory(): CheckpointStore {
  const positions = new Map<string, string>();

  return {
    load: (shardKey) => Promise.resolve(positions.get(shardKey)),
    save: (shardKey, position) => {
      positions.set(shardKey, position);
      return Promise.resolve();
    },
  };
}
