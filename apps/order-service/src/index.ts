export { followOrders, type FollowOrders } from './events/follow-orders.ts';
export type { OrderEvents, OrderSubscription } from './events/order-events.ts';
export { createOrderEvents, type OrderEventsOptions } from './events/order-events-hub.ts';
export { serveOrderEvents, type ServeOrderEvents } from './events/serve-order-events.ts';
export { orderRoutes } from './order-routes.ts';
export type { OrderRoutesOptions } from './order-routes-options.ts';
export { orderService } from './order-service.ts';
