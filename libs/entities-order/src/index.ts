export { orderErrors } from './errors.ts';
export { orderCreateSchema, type OrderCreate } from './order-create.ts';
export { orderDraftSchema, type OrderDraft } from './order-draft.ts';
export { orderFillSchema, type OrderFill } from './order-fill.ts';
export { orderIdFor } from './order-id.ts';
export {
  orderPreviewResponseSchema,
  toOrderPreviewResponse,
  type OrderPreview,
  type OrderPreviewResponse,
  type PreviewedMove,
} from './order-preview.ts';
export { orderRequestHash, type OrderRequest } from './order-request-hash.ts';
export {
  orderListResponseSchema,
  orderResponseSchema,
  toOrderListResponse,
  toOrderResponse,
  type OrderListResponse,
  type OrderPage,
  type OrderResponse,
} from './order-response.ts';
export { orderStatusSchema, OrderStatus } from './order-status.ts';
export {
  assertTransition,
  bornStatuses,
  canTransition,
  isOpen,
  isTerminal,
  orderTransitions,
  sourcesOf,
} from './order-transitions.ts';
export { orderTypeSchema, OrderType, sideOf, type OrderSide } from './order-type.ts';
export { orderUpdateSchema, type OrderUpdate } from './order-update.ts';
export { orderSchema, type Order } from './order.ts';
