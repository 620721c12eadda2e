export { buildOrderService, type OrderServiceOptions } from './build-order-service.ts';
export { checkTables } from './check-tables.ts';
export { listenOptionsFromEnv, type ListenOptions } from './listen-options.ts';
export { runUntilSignal, type Stoppable } from './run-until-signal.ts';
