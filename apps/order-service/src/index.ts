export { buildOrderService, type OrderServiceOptions } from './build-order-service.ts';
export { checkTables } from './check-tables.ts';
