export { decodeOrdersItem, ordersItemKind, type OrdersRecord } from './decode-orders-item.ts';
export { divideLadder, readPartName, type LadderDivision, type LadderPart } from './ladder-parts.ts';
export {
  assetCreatedAt,
  fromOrderItem,
  orderGuardOf,
  orderIdOfKey,
  orderItemSchema,
  orderKey,
  statusCreatedAt,
  toOrderItem,
  type OrderGuard,
  type OrderItem,
} from './order-item.ts';
export {
  expiryCheckpointKey,
  fromExpiryCheckpointItem,
  fromLadderPartItem,
  fromTriggerCursorItem,
  ladderPartKey,
  partNameOfKey,
  toExpiryCheckpointItem,
  toLadderPartItem,
  toTriggerCursorItem,
  triggerCheckpointKey,
  type ExpiryCheckpoint,
  type PutStamp,
  type StoredLadderPart,
  type TriggerCursor,
} from './trigger-items.ts';
export {
  fromWorkerLeaseItem,
  STREAM_LEASE_KEY,
  toWorkerLeaseItem,
  workerLeaseKey,
  type WorkerLease,
} from './worker-lease-item.ts';
