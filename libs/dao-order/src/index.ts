export type { OrderResult } from './create-order.ts';
export { getOrderDao } from './get-order-dao.ts';
export { OrderDao, type OrderDaoOptions } from './order-dao.ts';
export type { OrderChange, OrderOwner, OrderStatusChange } from './order-inputs.ts';
export type { OrderList, UserAssetOrders, UserOrders, UserStatusOrders } from './order-lists.ts';
export type { PlaceOrderStamp } from './place-order-guard.ts';
export type { RefundOrderStamp } from './refund-order-guard.ts';
