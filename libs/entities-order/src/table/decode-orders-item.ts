import type { RawItem } from '@cnop/stored-items';
import type { Order } from '../order.ts';
import { fromOrderItem, ORDER_SORT_KEY } from './order-item.ts';
import {
  expiryCheckpointKey,
  fromExpiryCheckpointItem,
  fromLadderPartItem,
  fromTriggerCursorItem,
  partNameOfKey,
  triggerAssetOfKey,
  triggerCheckpointKey,
  type ExpiryCheckpoint,
  type StoredLadderPart,
  type TriggerCursor,
} from './trigger-items.ts';
import { fromWorkerLeaseItem, STREAM_LEASE_KEY, WORKER_LEASE_KEY, type WorkerLease } from './worker-lease-item.ts';

/** What an item of the orders table is; `unknown` is one that this release does not know. The reader of streams reads its own leases. */
export type OrdersRecord =
  | { readonly kind: 'order'; readonly order: Order }
  | { readonly kind: 'trigger-checkpoint'; readonly cursor: TriggerCursor }
  | { readonly kind: 'ladder-part'; readonly part: StoredLadderPart }
  | { readonly kind: 'expiry-checkpoint'; readonly checkpoint: ExpiryCheckpoint }
  | { readonly kind: 'worker-lease'; readonly lease: WorkerLease }
  | { readonly kind: 'stream-lease' }
  | { readonly kind: 'unknown' };

/** Which kind of item it is, by its key alone. */
export function ordersItemKind({ pk, sk }: RawItem): OrdersRecord['kind'] {
  if (sk === ORDER_SORT_KEY) return 'order';
  if (pk === WORKER_LEASE_KEY) return 'worker-lease';
  if (pk === STREAM_LEASE_KEY) return 'stream-lease';
  if (pk === expiryCheckpointKey.pk && sk === expiryCheckpointKey.sk) return 'expiry-checkpoint';

  const assetId = triggerAssetOfKey(String(pk));
  if (assetId === undefined) return 'unknown';
  if (sk === triggerCheckpointKey(assetId).sk) return 'trigger-checkpoint';
  return partNameOfKey(String(sk)) === undefined ? 'unknown' : 'ladder-part';
}

/**
 * What an item of the orders table says.
 *
 * @throws a plain Error naming the item and the attribute when one of a known kind is missing or malformed.
 */
export function decodeOrdersItem(raw: RawItem): OrdersRecord {
  const kind = ordersItemKind(raw);

  switch (kind) {
    case 'order':
      return { kind, order: fromOrderItem(raw) };
    case 'trigger-checkpoint':
      return { kind, cursor: fromTriggerCursorItem(raw) };
    case 'ladder-part':
      return { kind, part: fromLadderPartItem(raw) };
    case 'expiry-checkpoint':
      return { kind, checkpoint: fromExpiryCheckpointItem(raw) };
    case 'worker-lease':
      return { kind, lease: fromWorkerLeaseItem(raw) };
    case 'stream-lease':
    case 'unknown':
      return { kind };
  }
}
