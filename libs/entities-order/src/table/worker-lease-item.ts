import type { ItemKey, RawItem } from '@cnop/stored-items';
import { compileItemParser, compileItemReader, type ItemOf } from '@cnop/stored-items/compile';
import { item } from 'dynamodb-toolbox/schema/item';
import { number } from 'dynamodb-toolbox/schema/number';
import { string } from 'dynamodb-toolbox/schema/string';
import type { PutStamp } from './trigger-items.ts';

/** The partition of the leases by which workers divide the assets among them. */
export const WORKER_LEASE_KEY = 'WORKER#LEASE';

/** The partition of the leases by which workers divide the shards of a stream among them; the reader of streams writes them. */
export const STREAM_LEASE_KEY = 'WORKER#STREAM';
const SCHEMA_VERSION = 1;

/** The key of the lease of an asset. */
export const workerLeaseKey = (assetId: string): ItemKey => ({ pk: WORKER_LEASE_KEY, sk: assetId });

/** Who goes first with the ticks of an asset. Advisory: a worker without it does no harm. */
export interface WorkerLease {
  readonly assetId: string;
  /** Names a worker. */
  readonly holder: string;
  /** Until when, exclusive, unless it is renewed; ISO 8601 UTC. */
  readonly leasedUntil: string;
}

const attributes = { holder: string(), leasedUntil: string() };
const leaseItemSchema = item({
  pk: string().key(),
  sk: string().key(),
  ...attributes,
  createdAt: string(),
  writeId: string(),
  schemaVersion: number(),
});
const checkItem: (item: ItemOf<typeof leaseItemSchema>) => ItemOf<typeof leaseItemSchema> =
  compileItemParser(leaseItemSchema);

/** The item of a lease. */
export const toWorkerLeaseItem = (
  { assetId, holder, leasedUntil }: WorkerLease,
  { createdAt, writeId }: PutStamp,
): RawItem =>
  checkItem({ ...workerLeaseKey(assetId), holder, leasedUntil, createdAt, writeId, schemaVersion: SCHEMA_VERSION });

const readLease = compileItemReader({
  kind: 'worker lease',
  schema: item({ sk: string(), ...attributes }),
  showKey: true,
});

/** The lease in an item. @throws a plain Error naming the attribute that is malformed. */
export const fromWorkerLeaseItem = (raw: RawItem): WorkerLease =>
  readLease(raw, ({ sk, ...lease }) => ({ assetId: sk, ...lease }));
