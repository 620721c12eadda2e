export { createAccountQueue, type AccountQueue, type AccountQueueOptions } from './account-queue.ts';
export type { CancelOrder } from './cancel-order.ts';
export { createOrderFlow, type OrderFlow } from './order-flow.ts';
export type { OrderFlowOptions, OrderResult } from './order-flow-context.ts';
export type { PlaceOrder } from './placement.ts';
export type { RefundOrder } from './refund-order.ts';
