export { orderErrors } from './errors.ts';
export { feeBpsFrom, feeOf, flatFee, type FeeSchedule, type FeeSubject } from './fee.ts';
export { orderIdFor, orderRequestHash, type OrderRequest } from './order-identity.ts';
export {
  orderPreviewResponseSchema,
  toOrderPreviewResponse,
  type OrderPreview,
  type OrderPreviewResponse,
  type PreviewedMove,
} from './order-preview.ts';
export { orderUpdateSchema, type OrderUpdate } from './order-remarks.ts';
export { orderCreateSchema, orderDraftSchema, type OrderCreate, type OrderDraft } from './order-request.ts';
export {
  orderListResponseSchema,
  orderResponseSchema,
  toOrderListResponse,
  toOrderResponse,
  type OrderListResponse,
  type OrderPage,
  type OrderResponse,
} from './order-response.ts';
export {
  assertTransition,
  bornStatuses,
  canTransition,
  isOpen,
  isTerminal,
  orderStatusSchema,
  OrderStatus,
  orderTransitions,
  sourcesOf,
} from './order-status.ts';
export {
  feeBpsSchema,
  MAX_FEE_BPS,
  orderFillSchema,
  orderSchema,
  orderTypeSchema,
  OrderType,
  sideOf,
  type Order,
  type OrderFill,
  type OrderSide,
} from './order.ts';
export { dueTick, stopOf, type Due, type DueAction } from './standing/due-tick.ts';
export { holdPriceOf, needOf, quantityWithin, type HoldTerms } from './standing/need.ts';
export {
  fallUpTo,
  riseUpTo,
  shardOf,
  triggerKeysOf,
  type TriggerKeys,
  type TriggerShards,
} from './standing/trigger-keys.ts';
export {
  collarOf,
  sinceOf,
  trailStopOf,
  workingLimitOf,
  type TriggerTerms,
  type TriggerTick,
} from './standing/trigger-terms.ts';
export {
  climb,
  watermarkOf,
  type Rung,
  type WatermarkKind,
  type WatermarkLadder,
} from './standing/watermark-ladder.ts';
