export { orderRoutes } from './order-routes.ts';
export type { OrderRoutesOptions } from './order-routes-options.ts';
export { orderService } from './order-service.ts';
