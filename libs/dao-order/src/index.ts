export type { OrderChange, OrderResult, OrderStatusChange } from './order-changes.ts';
export { getOrderDao, OrderDao, type OrderDaoOptions, type OrderOwner } from './order-dao.ts';
export type { PlaceOrderStamp, RefundOrderStamp } from './order-guards.ts';
export type { OrderList, UserAssetOrders, UserOrders, UserStatusOrders } from './order-lists.ts';
