export type { OpenOrderChange } from './open-order-guard.ts';
export type { OrderChange, OrderResult, OrderStatusChange } from './order-changes.ts';
export { getOrderDao, OrderDao, type OrderDaoOptions, type OrderOwner } from './order-dao.ts';
export type { PlaceOrderStamp, RefundOrderStamp } from './order-guards.ts';
export type { OrderList, UserAssetOrders, UserOrders, UserStatusOrders } from './order-lists.ts';
export type { AsideOrders, ExpiryEntry, TrailEntry, VenueOrders } from './standing-lists.ts';
export type { DueQuery, ExpiryQuery, TrailQuery } from './standing-queries.ts';
export type { SaveOutcome } from './save-outcome.ts';
export { getTriggerStateDao, TriggerStateDao, type TriggerStateDaoOptions } from './trigger-state-dao.ts';
