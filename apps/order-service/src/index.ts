export { orderRoutes, type OrderRoutesOptions } from './order-routes.ts';
export { orderService } from './order-service.ts';
