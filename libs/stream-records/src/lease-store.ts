import { type Database, type ItemKey, queryItems, type RawItem } from '@cnop/database-core';
import { writeIf } from './conditional-write.ts';

/** That a process says it reads a shard. The token changes with every renewal: one that stays the same is of a process that is gone. */
export interface Lease {
  /** The key of the shard. */
  readonly name: string;
  readonly owner: string;
  readonly token: string;
}

/** Where the processes that read one stream agree on who reads which shard. */
export interface LeaseStore {
  /** All leases whose name begins so, strongly consistent. */
  list(prefix: string): Promise<readonly Lease[]>;
  /** Puts a lease if the stored one is still that which was seen, by its token; tells whether it did. */
  put(lease: Lease, seen: Lease | undefined): Promise<boolean>;
  /** Removes a lease if it is still the stored one. */
  remove(lease: Lease): Promise<void>;
}

/** What {@link createLeaseStore} takes. */
export interface LeaseStoreOptions {
  readonly database: Database;
  /** The physical name of a table with the keys `pk` and `sk`. */
  readonly tableName: string;
  /** The `pk` of the items, one for each table that is read, such as `WORKER#LEASE`; the `sk` is the key of the shard. */
  readonly partition: string;
  /** The time to live of a lease that nobody renews or removes. Default: none. */
  readonly timeToLive?: { readonly attribute: string; readonly ms: number };
}

/**
 * Keeps leases in a table of the app's own, without any time: whoever waits for one judges by its own clock.
 *
 * A put or a removal is one conditional write, 1 write unit; a list is a Query.
 */
export function createLeaseStore({ database, tableName, partition, timeToLive }: LeaseStoreOptions): LeaseStore {
  const keyOf = (name: string): ItemKey => ({ pk: partition, sk: name });
  const condition = (seen: Lease | undefined) =>
    seen
      ? {
          ConditionExpression: '#token = :token',
          ExpressionAttributeNames: { '#token': 'token' },
          ExpressionAttributeValues: { ':token': seen.token },
        }
      : { ConditionExpression: 'attribute_not_exists(pk)' };

  return {
    list: async (prefix) => {
      const leases: Lease[] = [];
      const request = {
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': partition, ':prefix': prefix },
      };

      for await (const item of queryItems(database, request)) leases.push(fromItem(item));
      return leases;
    },
    put: (lease, seen) => {
      const { name, owner, token } = lease;
      const now = database.clock.now();
      const ttl = timeToLive && { [timeToLive.attribute]: Math.ceil((now.getTime() + timeToLive.ms) / 1_000) };
      const Item = { ...keyOf(name), owner, token, renewedAt: now.toISOString(), ...ttl };

      return writeIf(database, { Put: { TableName: tableName, Item, ...condition(seen) } });
    },
    remove: async (lease) => {
      await writeIf(database, { Delete: { TableName: tableName, Key: keyOf(lease.name), ...condition(lease) } });
    },
  };
}

const fromItem = ({ sk, owner, token }: RawItem): Lease => ({
  name: String(sk),
  owner: String(owner),
  token: String(token),
});
