export { checkTables } from './check-tables.ts';
export { createOrderService, type OrderServiceOptions } from './create-order-service.ts';
export { orderRoutes, type OrderRoutesOptions } from './order-routes.ts';
export { startOrderService } from './start-order-service.ts';
