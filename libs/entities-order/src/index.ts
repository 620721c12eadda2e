export { orderErrors } from './errors.ts';
export { feeBpsFrom, feeOf, flatFee, type FeeSchedule, type FeeSubject } from './fee.ts';
export { exitIdFor, orderIdFor, orderRequestHash, requestFieldsOf, type OrderRequest } from './order-identity.ts';
export {
  orderPreviewResponseSchema,
  toOrderPreviewResponse,
  type OrderPreview,
  type OrderPreviewResponse,
  type PreviewedMove,
  type StandingPreview,
} from './order-preview.ts';
export {
  actionAt,
  createOrderJudge,
  stopOf,
  type Due,
  type DueAction,
  type OrderJudge,
} from './standing/order-judge.ts';
export { orderAmendmentSchema, type OrderAmendment } from './standing/order-amendment.ts';
export {
  orderEventsResponseSchema,
  toOrderEventsResponse,
  type OrderEvent,
  type OrderEvents,
  type OrderEventsResponse,
} from './standing/order-events.ts';
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
  filledQuantityOf,
  MAX_FEE_BPS,
  MAX_FILLS,
  orderFillSchema,
  orderSchema,
  orderTypeSchema,
  OrderType,
  sideOf,
  TimeInForce,
  timeInForceSchema,
  venueFillIdSchema,
  type ExitTerms,
  type Order,
  type OrderChangeRecord,
  type OrderFill,
  type OrderSide,
} from './order.ts';
export { pruneLadder, type KeptBirths } from './standing/prune-ladder.ts';
export type { TriggerCheckpoint } from './standing/trigger-checkpoint.ts';
export { failureCodes } from './standing/failure-codes.ts';
export { dueTick } from './standing/due-tick.ts';
export { holdPriceOf, needOf, quantityWithin, type HoldTerms } from './standing/need.ts';
export type { ShownWatermark } from './standing/standing-response.ts';
export type { StandingOrderCreate } from './standing/standing-request.ts';
export {
  readStandingFields,
  standingTermsOf,
  type OrderScales,
  type StandingFields,
  type StandingTerms,
} from './standing/standing-terms.ts';
export {
  asideShard,
  fallUpTo,
  openKeysOf,
  riseUpTo,
  shardOf,
  triggerKeysOf,
  venueShard,
  type TriggerKeys,
  type TriggerShards,
} from './standing/trigger-keys.ts';
export {
  collarOf,
  isLimit,
  isOco,
  isStanding,
  isTakeProfit,
  isTrail,
  sinceOf,
  trailStopOf,
  workingLimitOf,
  type StandingOrder,
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
